package dev.slipway.spi.termination;

import dev.slipway.failure.RequestException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The terminators that an engine knows, by name and version. Immutable. */
public final class HostTerminators {

  /** No terminator. */
  public static final HostTerminators NONE = new HostTerminators(Map.of());

  private final Map<String, HostTerminatorFactory> factories;

  private HostTerminators(Map<String, HostTerminatorFactory> factories) {
    this.factories = Collections.unmodifiableMap(factories);
  }

  /**
   * Returns these terminators and one more.
   *
   * @throws RequestException if name and version are taken
   */
  public HostTerminators with(String name, int version, HostTerminatorFactory factory) {
    Map<String, HostTerminatorFactory> more = new TreeMap<>(factories);
    if (more.putIfAbsent(name + " " + version, factory) != null) {
      throw new RequestException(
          "host terminator " + name + " version " + version + " is registered twice");
    }
    return new HostTerminators(more);
  }

  /**
   * Returns the terminator that a reference means, or empty when none is registered for it.
   *
   * @throws RequestException if its parameters make no sense
   */
  public Optional<HostTerminator> find(TerminatorReference reference) {
    return Optional.ofNullable(factories.get(reference.name() + " " + reference.version()))
        .map(factory -> factory.create(reference.parameters()));
  }
}
