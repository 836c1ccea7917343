package dev.slipway.engine.planning;

import dev.slipway.preflight.HostDefect;
import dev.slipway.preflight.Preflight;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostNeeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is good enough of a host.
 *
 * @param limits the limits
 * @param needs what is needed there
 * @param bytes how much the files of the revision hold
 */
record PreflightRules(Preflight limits, HostNeeds needs, long bytes) {

  /** What is known of a host that has not answered. */
  HostCondition silent() {
    return HostCondition.unfit(
        HostDefect.Kind.UNREACHABLE, "did not answer within " + seconds(limits.within()));
  }

  /**
   * Returns what is wrong with a host.
   *
   * @param asked when it was asked
   * @param answered when it had answered
   */
  List<HostDefect> defects(HostCondition found, Instant asked, Instant answered) {
    List<HostDefect> defects = new ArrayList<>(found.defects());
    add(defects, clock(found.clock(), asked, answered));
    found.spaces().forEach(space -> add(defects, space(space)));
    add(defects, owners(found));
    return defects;
  }

  private static void add(List<HostDefect> defects, @Nullable HostDefect defect) {
    if (defect != null) {
      defects.add(defect);
    }
  }

  /** The time of the way there and back is not held against a clock. */
  private @Nullable HostDefect clock(@Nullable Instant clock, Instant asked, Instant answered) {
    if (clock == null) {
      return null;
    }
    Duration behind = Duration.between(clock, asked);
    Duration ahead = Duration.between(answered, clock);
    if (behind.compareTo(limits.clockSkew()) <= 0 && ahead.compareTo(limits.clockSkew()) <= 0) {
      return null;
    }
    boolean isBehind = behind.compareTo(ahead) > 0;
    return new HostDefect(
        HostDefect.Kind.CLOCK,
        "its clock is %s %s; %s are allowed: set it"
            .formatted(
                seconds(isBehind ? behind : ahead),
                isBehind ? "behind" : "ahead",
                seconds(limits.clockSkew())));
  }

  private @Nullable HostDefect space(HostCondition.FreeSpace space) {
    long needed = limits.minimumFree() + 2 * bytes;
    return space.bytes() >= needed
        ? null
        : new HostDefect(
            HostDefect.Kind.SPACE,
            "%s are free at %s, but %s are needed: make room there"
                .formatted(megabytes(space.bytes()), space.path(), megabytes(needed)));
  }

  /** Only root can give files away. */
  private @Nullable HostDefect owners(HostCondition found) {
    List<String> others =
        needs.owners().stream().filter(owner -> !owner.equals(found.account())).toList();
    return found.isRoot() || found.account().isEmpty() || others.isEmpty()
        ? null
        : new HostDefect(
            HostDefect.Kind.ACCOUNT,
            "only root can give files to %s, but %s works there: let root do it, or use sudo"
                .formatted(String.join(", ", others), found.account()));
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
