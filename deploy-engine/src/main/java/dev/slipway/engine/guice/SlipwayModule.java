package dev.slipway.engine.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.slipway.Deployer;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.SlipwayBuilder;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.transport.Transport;
import dev.slipway.spi.trigger.TriggerSink;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Provides a {@link Deployer} as a singleton, made of what other modules bind: inventories into
 * {@link #inventories}, transports into {@link #transports}, and, if they like, {@link
 * #strategies}, {@link #gates}, {@link #alarmSources}, {@link #trafficControls}, {@link
 * #triggerSinks}, a {@link RolloutRuntime}, {@link Timers} and a {@link Telemetry}.
 *
 * <p>Needs {@code com.google.inject:guice} on the class path, which the engine does not bring.
 * Whoever gets the deployer closes it, which closes no transport: those are the injector's.
 */
public final class SlipwayModule extends AbstractModule {

  /** The setting of a host that names its transport. */
  public static final String TRANSPORT_SETTING = "transport";

  /** Makes one. */
  public SlipwayModule() {}

  /** Returns where inventories are bound; hosts come from all of them. */
  public static Multibinder<Inventory> inventories(Binder binder) {
    return Multibinder.newSetBinder(binder, Inventory.class);
  }

  /**
   * Returns where transports are bound, by the name that hosts have as their setting {@value
   * #TRANSPORT_SETTING}. If there is one only, it reaches all hosts.
   */
  public static MapBinder<String, Transport> transports(Binder binder) {
    return MapBinder.newMapBinder(binder, String.class, Transport.class);
  }

  /** Returns where strategies of one's own are bound. */
  public static Multibinder<NamedStrategy> strategies(Binder binder) {
    return Multibinder.newSetBinder(binder, NamedStrategy.class);
  }

  /** Returns where gates are bound, for single hosts and for the fleet. */
  public static Multibinder<NamedGate> gates(Binder binder) {
    return Multibinder.newSetBinder(binder, NamedGate.class);
  }

  /** Returns where sources of alarms are bound. */
  public static Multibinder<NamedAlarmSource> alarmSources(Binder binder) {
    return Multibinder.newSetBinder(binder, NamedAlarmSource.class);
  }

  /** Returns where traffic controls are bound. */
  public static Multibinder<NamedTrafficControl> trafficControls(Binder binder) {
    return Multibinder.newSetBinder(binder, NamedTrafficControl.class);
  }

  /** Returns where those are bound who tell others of deployments. */
  public static Multibinder<TriggerSink> triggerSinks(Binder binder) {
    return Multibinder.newSetBinder(binder, TriggerSink.class);
  }

  @Override
  protected void configure() {
    inventories(binder());
    transports(binder());
    strategies(binder());
    gates(binder());
    alarmSources(binder());
    trafficControls(binder());
    triggerSinks(binder());
    OptionalBinder.newOptionalBinder(binder(), RolloutRuntime.class);
    OptionalBinder.newOptionalBinder(binder(), Timers.class);
    OptionalBinder.newOptionalBinder(binder(), Telemetry.class);
  }

  @Provides
  @Singleton
  static Deployer deployer(
      Set<Inventory> inventories,
      Map<String, Transport> transports,
      Registered registered,
      Optional<RolloutRuntime> runtime,
      Optional<Timers> timers,
      Optional<Telemetry> telemetry) {
    SlipwayBuilder builder =
        Slipway.builder()
            .inventory(union(inventories))
            .transports(host -> transport(transports, host));
    registered.with(builder);
    runtime.ifPresent(builder::runtime);
    timers.ifPresent(builder::timers);
    telemetry.ifPresent(builder::telemetry);
    return builder.build();
  }

  private static Inventory union(Set<Inventory> inventories) {
    return inventories.stream()
        .reduce(Inventory::and)
        .orElseThrow(
            () -> new RequestException("no inventory is bound: use SlipwayModule.inventories(…)"));
  }

  private static Transport transport(Map<String, Transport> transports, Host host) {
    if (transports.size() == 1) {
      return transports.values().iterator().next();
    }
    String name = host.settings().getOrDefault(TRANSPORT_SETTING, "");
    Transport transport = transports.get(name);
    if (transport == null) {
      throw new RequestException(
          "host %s needs the setting %s, one of %s, but it is \"%s\""
              .formatted(host.id(), TRANSPORT_SETTING, new TreeSet<>(transports.keySet()), name));
    }
    return transport;
  }
}
