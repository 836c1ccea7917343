package dev.slipway.strategy;

import java.util.List;

/** The strategies that come with Slipway. Each goes on inside the floor of the config. */
public final class Strategies {

  private static final Strategy AS_MANY_AS_MAY = new AsManyAsMay();

  private Strategies() {}

  /** As many hosts as the floor allows: what CodeDeploy does. */
  public static Strategy asManyAsMay() {
    return AS_MANY_AS_MAY;
  }

  /**
   * Growing waves. Sizes are counted in all: {@code [1, 5%, 25%, rest]} is one host, then hosts
   * until 5 % of the fleet have been started, then until a quarter has, then all others. What the
   * last size leaves is one more wave. A wave larger than the free slots is split.
   *
   * @throws dev.slipway.failure.RequestException when there is no wave, or one reaches less far
   *     than the one before
   */
  public static Strategy waves(List<WaveSize> sizes) {
    return new Waves(sizes);
  }

  /** {@link #waves(List)}. */
  public static Strategy waves(WaveSize... sizes) {
    return waves(List.of(sizes));
  }

  /**
   * Growing waves from texts such as {@code 1}, {@code 5%} and {@code rest}.
   *
   * @throws dev.slipway.failure.RequestException when a text is none of these, or as for {@link
   *     #waves(List)}
   */
  public static Strategy parseWaves(List<String> texts) {
    return waves(texts.stream().map(WaveSize::parse).toList());
  }
}
