package dev.slipway.testkit.fleet;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** All chance of a run, from its seed. Not thread-safe. */
final class Chance {

  /** One in so many; drawn per run and fault, so that some runs are calm and some are wild. */
  private static final int[] RARITIES = {4, 8, 20, 60};

  /** What makes hosts fail must be rarer, or no rollout would come far. */
  private static final Set<Fault> ENDING =
      EnumSet.of(Fault.SCRIPT_FAILURE, Fault.SCRIPT_HANG, Fault.REFUSAL, Fault.TRAFFIC_REFUSAL);

  private static final int RARER = 6;

  private final SplittableRandom random;
  private final Map<Fault, Integer> rarities = new EnumMap<>(Fault.class);

  Chance(long seed, Set<Fault> faults) {
    random = new SplittableRandom(seed);
    for (Fault fault : Fault.values()) {
      boolean drawn = random.nextInt(5) > 1;
      int rarity = RARITIES[random.nextInt(RARITIES.length)];
      if (faults.contains(fault) && (drawn || faults.size() == 1)) {
        rarities.put(fault, ENDING.contains(fault) ? rarity * RARER : rarity);
      }
    }
  }

  /** Whether this fault can happen at all in this run. */
  boolean has(Fault fault) {
    return rarities.containsKey(fault);
  }

  /** Whether this fault happens now. */
  boolean strikes(Fault fault) {
    Integer rarity = rarities.get(fault);
    return rarity != null && random.nextInt(rarity) == 0;
  }

  /** Forgets all faults from now on. */
  void calm() {
    rarities.clear();
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From the first to the second, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  Duration millis(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  SplittableRandom split() {
    return random.split();
  }
}
