package dev.slipway.strategy;

import dev.slipway.failure.RequestException;
import java.util.List;

/**
 * Growing waves: each reaches further into the fleet, and begins when all hosts of the one before
 * have ended.
 *
 * @param sizes how far each reaches, smallest first; what the last leaves is one more wave
 */
record Waves(List<WaveSize> sizes) implements Strategy {

  Waves {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new RequestException("waves must name at least one wave, for example [1, 25%, rest]");
    }
    checkGrowing(sizes);
  }

  @Override
  public StrategyDecision decide(FleetView fleet) {
    int started = fleet.started();
    if (fleet.inFlight() > 0 && isEndOfWave(started, fleet.size())) {
      return new StrategyDecision.Hold("the next wave starts when the one before has ended");
    }
    int most = Math.min(reachAfter(started, fleet.size()) - started, fleet.freeSlots());
    return new StrategyDecision.Start(fleet.nextPending(most));
  }

  private boolean isEndOfWave(int started, int fleetSize) {
    return sizes.stream().anyMatch(size -> size.reachOf(fleetSize) == started);
  }

  private int reachAfter(int started, int fleetSize) {
    return sizes.stream()
        .mapToInt(size -> size.reachOf(fleetSize))
        .filter(reach -> reach > started)
        .min()
        .orElse(fleetSize);
  }

  private static void checkGrowing(List<WaveSize> sizes) {
    for (int i = 0; i < sizes.size(); i++) {
      WaveSize size = sizes.get(i);
      boolean last = i == sizes.size() - 1;
      boolean whole = size.unit() == WaveSize.Unit.REST || size.equals(WaveSize.percent(100));
      if (whole && !last) {
        throw new RequestException(
            "waves are counted in all, so nothing can follow " + size + ", but was " + sizes);
      }
      if (!last && isBefore(sizes.get(i + 1), size)) {
        throw new RequestException(
            "waves are counted in all, so "
                + sizes.get(i + 1)
                + " cannot follow "
                + size
                + ", but was "
                + sizes);
      }
    }
  }

  /** Whether a wave would reach less far than the one before it, as far as one can say. */
  private static boolean isBefore(WaveSize next, WaveSize size) {
    return next.unit() == size.unit() && next.value() <= size.value();
  }
}
