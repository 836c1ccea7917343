package dev.slipway.guard;

import dev.slipway.strategy.WaveSize;
import java.time.Duration;

/**
 * A wave, and what is to be so before the next one.
 *
 * @param size how far the wave reaches
 * @param then the checkpoint behind it
 */
public record WaveStep(WaveSize size, Checkpoint then) {

  /** Returns a wave with nothing behind it. */
  public static WaveStep wave(WaveSize size) {
    return new WaveStep(size, Checkpoint.after(size));
  }

  /** Returns this wave with another bake. */
  public WaveStep bake(Duration time) {
    return new WaveStep(size, then.bake(time));
  }

  /** Returns this wave with one more gate. */
  public WaveStep gate(GateReference gate) {
    return new WaveStep(size, then.gate(gate));
  }

  /** Returns this wave with somebody who has to approve. */
  public WaveStep approval(Approval who) {
    return new WaveStep(size, then.approval(who));
  }

  /** Returns this wave with a pause behind it. */
  public WaveStep paused() {
    return new WaveStep(size, then.paused());
  }
}
