package dev.slipway.spi.transport;

import dev.slipway.preflight.HostDefect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host is like. What is measured is judged by the engine.
 *
 * @param account the account that works there; empty when it is not known
 * @param isRoot whether that may do everything
 * @param clock what the clock of the host has shown between question and answer, or null when the
 *     host shares ours
 * @param spaces how much is free where the deployment would write
 * @param defects what is wrong whatever the limits are
 */
public record HostCondition(
    String account,
    boolean isRoot,
    @Nullable Instant clock,
    List<FreeSpace> spaces,
    List<HostDefect> defects) {

  /** Copies the lists in. */
  public HostCondition {
    spaces = List.copyOf(spaces);
    defects = List.copyOf(defects);
  }

  /** Returns the condition of a host of which nothing more is known than what is wrong. */
  public static HostCondition unfit(HostDefect.Kind kind, String message) {
    return new HostCondition("", true, null, List.of(), List.of(new HostDefect(kind, message)));
  }

  /**
   * How much is free at a path, or where it would be.
   *
   * @param path on the host
   * @param bytes how much
   */
  public record FreeSpace(String path, long bytes) {}
}
