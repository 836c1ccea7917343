package dev.slipway.spi.traffic;

import dev.slipway.failure.RequestException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The traffic controls that an engine knows, by name and version. Immutable. */
public final class TrafficControls {

  /** No traffic control. */
  public static final TrafficControls NONE = new TrafficControls(Map.of());

  private final Map<String, TrafficControlFactory> factories;

  private TrafficControls(Map<String, TrafficControlFactory> factories) {
    this.factories = Collections.unmodifiableMap(factories);
  }

  /**
   * Returns these controls and one more.
   *
   * @throws RequestException if name and version are taken, or the name is that of several controls
   *     together
   */
  public TrafficControls with(String name, int version, TrafficControlFactory factory) {
    if (name.equals(TrafficReference.ALL)) {
      throw new RequestException(
          "the name '"
              + name
              + "' stands for several traffic controls together: choose another one");
    }
    Map<String, TrafficControlFactory> more = new TreeMap<>(factories);
    if (more.putIfAbsent(name + " " + version, factory) != null) {
      throw new RequestException(
          "traffic control " + name + " version " + version + " is registered twice");
    }
    return new TrafficControls(more);
  }

  /**
   * Returns the control that a reference means, or empty when none is registered for it.
   *
   * @throws RequestException if its parameters make no sense
   */
  public Optional<TrafficControl> find(TrafficReference reference) {
    return Optional.ofNullable(factories.get(reference.name() + " " + reference.version()))
        .map(factory -> factory.create(reference.parameters()));
  }
}
