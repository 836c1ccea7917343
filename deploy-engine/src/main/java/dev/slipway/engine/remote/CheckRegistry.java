package dev.slipway.engine.remote;

import dev.slipway.failure.RequestException;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.spi.alarm.AlarmSource;
import dev.slipway.spi.alarm.AlarmSourceFactory;
import dev.slipway.spi.gate.GateFactory;
import dev.slipway.spi.gate.HealthGate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The gates and the sources of alarms that an engine knows, by name and version. Immutable. */
public final class CheckRegistry {

  /** One that knows none. */
  public static final CheckRegistry NONE = new CheckRegistry(Map.of(), Map.of());

  private static final String VERSION = " version ";

  private final Map<String, GateFactory> gates;
  private final Map<String, AlarmSourceFactory> sources;

  private CheckRegistry(Map<String, GateFactory> gates, Map<String, AlarmSourceFactory> sources) {
    this.gates = Collections.unmodifiableMap(gates);
    this.sources = Collections.unmodifiableMap(sources);
  }

  /**
   * Returns this registry and one more gate.
   *
   * @throws RequestException if name and version are taken
   */
  public CheckRegistry withGate(String name, int version, GateFactory factory) {
    Map<String, GateFactory> more = new TreeMap<>(gates);
    if (more.putIfAbsent(key(name, version), factory) != null) {
      throw new RequestException("gate " + key(name, version) + " is registered twice");
    }
    return new CheckRegistry(more, sources);
  }

  /**
   * Returns this registry and one more source of alarms.
   *
   * @throws RequestException if name and version are taken
   */
  public CheckRegistry withAlarms(String name, int version, AlarmSourceFactory factory) {
    Map<String, AlarmSourceFactory> more = new TreeMap<>(sources);
    if (more.putIfAbsent(key(name, version), factory) != null) {
      throw new RequestException("alarm source " + key(name, version) + " is registered twice");
    }
    return new CheckRegistry(gates, more);
  }

  /**
   * Makes sure that everything is known that a rollout asks, and that parameters make sense.
   *
   * @throws RequestException if it is not so
   */
  public void check(Guards guards) {
    guards.checkpoints().forEach(checkpoint -> checkpoint.gates().forEach(this::checkGate));
    guards.hostGates().forEach(this::checkGate);
    AlarmWatch alarms = guards.alarms();
    if (alarms != null && find(alarms).isEmpty()) {
      throw new RequestException(
          "alarm source "
              + key(alarms.source(), alarms.version())
              + " is not registered: give it to Slipway.builder().alarmSource(…)");
    }
  }

  /**
   * Returns a watch of alarms of which only the names are known: what CodeDeploy's groups say.
   * Empty unless one source is registered, and no other, and it makes sense without parameters.
   */
  public Optional<AlarmWatch> watch(List<String> alarms, boolean ignorePollAlarmFailure) {
    if (sources.size() != 1) {
      return Optional.empty();
    }
    Map.Entry<String, AlarmSourceFactory> only = sources.entrySet().iterator().next();
    if (!makesSenseAlone(only.getValue())) {
      return Optional.empty();
    }
    String source = only.getKey();
    int between = source.lastIndexOf(VERSION);
    return Optional.of(
        new AlarmWatch(
            source.substring(0, between),
            Integer.parseInt(source.substring(between + VERSION.length())),
            "",
            alarms,
            ignorePollAlarmFailure,
            AlarmWatch.USUALLY_EVERY));
  }

  private static boolean makesSenseAlone(AlarmSourceFactory source) {
    try {
      source.create("");
      return true;
    } catch (RequestException e) {
      return false;
    }
  }

  private void checkGate(GateReference gate) {
    if (find(gate).isEmpty()) {
      throw new RequestException(
          "gate "
              + key(gate.name(), gate.version())
              + " is not registered: give it to Slipway.builder().healthGate(…)");
    }
  }

  Optional<HealthGate> find(GateReference gate) {
    return Optional.ofNullable(gates.get(key(gate.name(), gate.version())))
        .map(factory -> factory.create(gate.parameters()));
  }

  Optional<AlarmSource> find(AlarmWatch alarms) {
    return Optional.ofNullable(sources.get(key(alarms.source(), alarms.version())))
        .map(factory -> factory.create(alarms.parameters()));
  }

  private static String key(String name, int version) {
    return name + VERSION + version;
  }
}
