package dev.slipway.engine.guice;

import com.google.inject.Inject;
import dev.slipway.engine.SlipwayBuilder;
import dev.slipway.spi.trigger.TriggerSink;
import java.util.Set;

/** What modules have bound that a rollout may name, and who is told of deployments. */
final class Registered {

  private final Set<NamedStrategy> strategies;
  private final Set<NamedGate> gates;
  private final Set<NamedAlarmSource> alarmSources;
  private final Set<NamedTrafficControl> trafficControls;
  private final Set<TriggerSink> triggerSinks;

  @Inject
  Registered(
      Set<NamedStrategy> strategies,
      Set<NamedGate> gates,
      Set<NamedAlarmSource> alarmSources,
      Set<NamedTrafficControl> trafficControls,
      Set<TriggerSink> triggerSinks) {
    this.strategies = strategies;
    this.gates = gates;
    this.alarmSources = alarmSources;
    this.trafficControls = trafficControls;
    this.triggerSinks = triggerSinks;
  }

  void with(SlipwayBuilder builder) {
    strategies.forEach(it -> builder.strategy(it.name(), it.version(), it.factory()));
    gates.forEach(it -> builder.healthGate(it.name(), it.version(), it.factory()));
    alarmSources.forEach(it -> builder.alarmSource(it.name(), it.version(), it.factory()));
    trafficControls.forEach(it -> builder.trafficControl(it.name(), it.version(), it.factory()));
    triggerSinks.forEach(builder::triggerSink);
  }
}
