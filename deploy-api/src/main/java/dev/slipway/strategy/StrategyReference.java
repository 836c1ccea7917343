package dev.slipway.strategy;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A strategy as data: what a stored rollout says of it.
 *
 * @param name the name under which its factory is registered
 * @param version of the strategy's own rules, from 1
 * @param parameters text that the factory understands; JSON for strategies of one's own
 */
public record StrategyReference(String name, int version, String parameters) {

  /** As many hosts as the floor allows: what CodeDeploy does. */
  public static final StrategyReference AS_MANY_AS_MAY =
      new StrategyReference("as-many-as-may", 1, "");

  /** Waves that find their size, see {@link Strategies#adaptive}; checked here. */
  public static StrategyReference adaptive(int first, int most) {
    Strategies.adaptive(first, most);
    return new StrategyReference("adaptive", 1, first + "," + most);
  }

  /** Growing waves, see {@link Strategies#waves}; their sizes are checked here. */
  public static StrategyReference waves(WaveSize... sizes) {
    Strategies.waves(sizes);
    return new StrategyReference(
        "waves", 1, Arrays.stream(sizes).map(WaveSize::toString).collect(Collectors.joining(",")));
  }
}
