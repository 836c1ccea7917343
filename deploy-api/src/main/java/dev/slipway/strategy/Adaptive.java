package dev.slipway.strategy;

import dev.slipway.deployment.HostStatus;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostId;
import java.util.List;

/**
 * Waves that double after one in which every host succeeded, and halve after any other.
 *
 * @param first how many hosts the first wave has
 * @param most how many hosts a wave has at most
 */
record Adaptive(int first, int most) implements Strategy {

  Adaptive {
    if (first < 1 || most < first) {
      throw new RequestException(
          "an adaptive strategy has 1 <= first <= most, but was %d and %d".formatted(first, most));
    }
  }

  @Override
  public StrategyDecision decide(FleetView fleet) {
    if (fleet.inFlight() > 0) {
      return new StrategyDecision.Hold("the size of the next wave depends on how this one ends");
    }
    return new StrategyDecision.Start(
        fleet.nextPending(Math.min(nextSize(fleet), fleet.freeSlots())));
  }

  private int nextSize(FleetView fleet) {
    List<WaveView> waves = fleet.waves();
    if (waves.isEmpty()) {
      return first;
    }
    List<HostId> last = waves.get(waves.size() - 1).hosts();
    boolean good =
        last.stream().allMatch(host -> fleet.host(host).status() == HostStatus.SUCCEEDED);
    return good ? (int) Math.min(most, 2L * last.size()) : Math.max(1, last.size() / 2);
  }
}
