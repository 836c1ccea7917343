package dev.slipway.engine.store;

import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.OutputLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is kept of the output of one rollout. Not thread-safe: guarded by its store. */
final class StoredOutput {

  private final OutputLimits limits;
  private final Deque<KeptOutput> kept = new ArrayDeque<>();
  private final Map<String, Long> ends = new HashMap<>();
  private long lastPlace;
  private long bytes;

  StoredOutput(OutputLimits limits) {
    this.limits = limits;
  }

  void append(OutputChunk chunk) {
    String run = chunk.host() + "/" + chunk.event() + "/" + chunk.attempt();
    long end = ends.getOrDefault(run, 0L);
    if (end == Long.MAX_VALUE) {
      return;
    }
    OutputChunk part = chunk.between(end, limits.bytesOfEvent());
    if (part.size() > 0) {
      keep(part, false);
      ends.put(run, part.end());
    }
    if (chunk.end() > limits.bytesOfEvent()) {
      keep(part.between(part.end(), part.end()), true);
      ends.put(run, Long.MAX_VALUE);
    }
  }

  private void keep(OutputChunk part, boolean cut) {
    lastPlace++;
    kept.add(new KeptOutput(lastPlace, part, cut));
    bytes += part.size();
    while (bytes > limits.bytesOfRollout()) {
      bytes -= kept.remove().chunk().size();
    }
  }

  List<KeptOutput> after(long place, int limit) {
    return kept.stream().filter(piece -> piece.place() > place).limit(limit).toList();
  }
}
