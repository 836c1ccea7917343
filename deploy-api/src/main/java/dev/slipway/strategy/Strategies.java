package dev.slipway.strategy;

import dev.slipway.failure.RequestException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The strategies that come with Slipway. Each goes on inside the floor of the config. */
public final class Strategies {

  private static final Pattern ADAPTIVE = Pattern.compile("([0-9]{1,9}),([0-9]{1,9})");
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

  /**
   * Waves that find their size: the next one has twice as many hosts as the last if all of that
   * succeeded, half as many if not.
   *
   * @param first how many hosts the first wave has, 1 or more
   * @param most how many hosts a wave has at most, {@code first} or more
   * @throws dev.slipway.failure.RequestException when a number is out of range
   */
  public static Strategy adaptive(int first, int most) {
    return new Adaptive(first, most);
  }

  /** {@link #waves(List)}. */
  public static Strategy waves(WaveSize... sizes) {
    return waves(List.of(sizes));
  }

  /** Reads {@code first,most} as {@link StrategyReference#adaptive} writes it. */
  static Strategy parseAdaptive(String text) {
    Matcher numbers = ADAPTIVE.matcher(text);
    if (!numbers.matches()) {
      throw new RequestException(
          "the parameters of an adaptive strategy are two numbers such as 1,64, but were '"
              + text
              + "'");
    }
    return adaptive(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
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
