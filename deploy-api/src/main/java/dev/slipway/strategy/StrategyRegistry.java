package dev.slipway.strategy;

import dev.slipway.failure.RequestException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The strategies that an engine knows, by name and version. Those that come with Slipway are always
 * among them. Immutable.
 */
public final class StrategyRegistry {

  private final Map<String, StrategyFactory> factories;

  private StrategyRegistry(Map<String, StrategyFactory> factories) {
    this.factories = Collections.unmodifiableMap(factories);
  }

  /** Returns a registry of the strategies that come with Slipway. */
  public static StrategyRegistry builtIn() {
    Map<String, StrategyFactory> factories = new TreeMap<>();
    factories.put(key(StrategyReference.AS_MANY_AS_MAY), parameters -> Strategies.asManyAsMay());
    factories.put(
        key(StrategyReference.waves(WaveSize.rest())),
        parameters -> Strategies.parseWaves(Arrays.asList(parameters.split(",", -1))));
    factories.put(key(StrategyReference.adaptive(1, 1)), Strategies::parseAdaptive);
    return new StrategyRegistry(factories);
  }

  /**
   * Returns this registry and one more strategy.
   *
   * @throws RequestException if name and version are taken
   */
  public StrategyRegistry with(String name, int version, StrategyFactory factory) {
    Map<String, StrategyFactory> more = new TreeMap<>(factories);
    if (more.putIfAbsent(name + " " + version, factory) != null) {
      throw new RequestException(
          "strategy " + name + " version " + version + " is registered twice");
    }
    return new StrategyRegistry(more);
  }

  /**
   * Returns the strategy that a reference means, or empty when none is registered for it.
   *
   * @throws RequestException if its parameters make no sense
   */
  public Optional<Strategy> find(StrategyReference reference) {
    return Optional.ofNullable(factories.get(key(reference)))
        .map(factory -> factory.create(reference.parameters()));
  }

  private static String key(StrategyReference reference) {
    return reference.name() + " " + reference.version();
  }
}
