package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the fleet at which a rollout stands until all of this is so. The engine keeps it,
 * whatever the strategy says: no host beyond it starts before, and all hosts up to it have ended.
 * The time for which a rollout stands does not count against the time that it may take.
 *
 * @param place where it is
 * @param reach for {@link Place#AFTER}, how many hosts of the fleet have been started there, in
 *     all; null otherwise
 * @param bake how long the hosts up to it must have been at work before it goes on
 * @param gates what must pass; asked all through the bake, and once more when it is over
 * @param approval who is asked, or null
 * @param pause whether the rollout is paused there, to be resumed by hand
 */
public record Checkpoint(
    Place place,
    @Nullable WaveSize reach,
    Duration bake,
    List<GateReference> gates,
    @Nullable Approval approval,
    boolean pause) {

  /** Where a checkpoint is. */
  public enum Place {
    /** Before the first host starts. */
    BEFORE_ALL,
    /**
     * After the hosts that started together. After the last of them only its gates count: there is
     * nothing to wait for.
     */
    AFTER_EACH_WAVE,
    /** When so many hosts have been started, in all. */
    AFTER
  }

  /**
   * Copies the list in.
   *
   * @throws RequestException if the bake is negative, a reach is missing or has no place, or a gate
   *     stands twice
   */
  public Checkpoint {
    gates = Guards.distinct(gates);
    if (bake.isNegative()) {
      throw new RequestException("a bake must be at least 0 s, but was " + bake);
    }
    if ((place == Place.AFTER) != (reach != null)) {
      throw new RequestException("a checkpoint AFTER says how many hosts, and no other does");
    }
  }

  private static Checkpoint at(Place place, @Nullable WaveSize reach) {
    return new Checkpoint(place, reach, Duration.ZERO, List.of(), null, false);
  }

  /** Returns a checkpoint before the first host. */
  public static Checkpoint beforeAll() {
    return at(Place.BEFORE_ALL, null);
  }

  /** Returns a checkpoint after each wave. */
  public static Checkpoint afterEachWave() {
    return at(Place.AFTER_EACH_WAVE, null);
  }

  /** Returns a checkpoint where so many hosts have been started, in all. */
  public static Checkpoint after(WaveSize reach) {
    return at(Place.AFTER, reach);
  }

  /** Returns this checkpoint with another bake. */
  public Checkpoint bake(Duration time) {
    return new Checkpoint(place, reach, time, gates, approval, pause);
  }

  /** Returns this checkpoint with one more gate. */
  public Checkpoint gate(GateReference gate) {
    List<GateReference> more = new ArrayList<>(gates);
    more.add(gate);
    return new Checkpoint(place, reach, bake, more, approval, pause);
  }

  /** Returns this checkpoint with somebody who has to approve. */
  public Checkpoint approval(Approval who) {
    return new Checkpoint(place, reach, bake, gates, who, pause);
  }

  /** Returns this checkpoint with a pause. */
  public Checkpoint paused() {
    return new Checkpoint(place, reach, bake, gates, approval, true);
  }

  /** Returns whether it asks for nothing. */
  public boolean asksForNothing() {
    return bake.isZero() && gates.isEmpty() && approval == null && !pause;
  }
}
