package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.transport.CommandKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much each running event has printed as far as this process knows, so that what it prints next
 * gets its place. A transport that is asked about an event of an earlier process tells its output
 * from the beginning.
 *
 * <p>Thread-safe.
 */
public final class OutputOffsets {

  private final Map<CommandKey, Long> printed = new ConcurrentHashMap<>();

  /** Returns what was printed, with its place. */
  OutputChunk chunk(CommandKey key, String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    long end = printed.merge(key, (long) bytes.length, Long::sum);
    return new OutputChunk(key.host(), key.event(), key.attempt(), end - bytes.length, bytes);
  }

  /** Forgets an event that is over. */
  void forget(CommandKey key) {
    printed.remove(key);
  }

  /** Forgets a rollout that is over. */
  void forget(DeploymentId id) {
    printed.keySet().removeIf(key -> key.deployment().equals(id));
  }
}
