package dev.slipway.engine.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout at a checkpoint.
 *
 * @param number how many checkpoints it has come to, with this one
 * @param since since when
 * @param bakeUntil until when the hosts so far are watched
 * @param approveBy until when somebody must approve, or null when nobody needs to any more
 * @param gates the gates of the checkpoint, in its order, as far as they were asked
 */
record Stand(
    int number, Instant since, Instant bakeUntil, @Nullable Instant approveBy, List<Check> gates) {

  Stand {
    gates = List.copyOf(gates);
  }

  Stand approved() {
    return new Stand(number, since, bakeUntil, null, gates);
  }

  /** This with another state of a gate, or with one more. */
  Stand with(Check gate) {
    List<Check> next = new ArrayList<>(gates);
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i).name().equals(gate.name())) {
        next.set(i, gate);
        return new Stand(number, since, bakeUntil, approveBy, next);
      }
    }
    next.add(gate);
    return new Stand(number, since, bakeUntil, approveBy, next);
  }
}
