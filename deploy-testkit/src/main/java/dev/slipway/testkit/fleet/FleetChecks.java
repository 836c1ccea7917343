package dev.slipway.testkit.fleet;

import dev.slipway.engine.remote.CallPolicy;
import dev.slipway.engine.remote.CheckRegistry;
import dev.slipway.engine.remote.GuardedChecks;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.spi.alarm.AlarmState;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.testkit.VirtualTimers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gates and alarms of simulated deployments: asked in place, each attempt but once. */
final class FleetChecks {

  /** Answered on the thread that asks: with no limit of time nothing is handed to another. */
  private static final CallPolicy IN_PLACE = CallPolicy.CHECKS.withAttempts(1).withTimeLimit(null);

  private static final ExecutorService NO_THREADS = noThreads();

  private FleetChecks() {}

  private static ExecutorService noThreads() {
    ExecutorService none = Executors.newSingleThreadExecutor();
    none.shutdown();
    return none;
  }

  static GuardedChecks of(World world, List<FleetDeployment> deployments) {
    Map<String, FleetDeployment.FleetCheck> gates = new LinkedHashMap<>();
    Map<String, FleetDeployment.FleetCheck> alarms = new LinkedHashMap<>();
    for (FleetDeployment deployment : deployments) {
      gates(deployment.guards)
          .forEach(gate -> gates.put(gate.name(), check(deployment, gate.name())));
      AlarmWatch watch = deployment.guards.alarms();
      if (watch != null) {
        alarms.put(watch.source(), check(deployment, watch.source()));
      }
    }
    CheckRegistry registry = CheckRegistry.NONE;
    for (Map.Entry<String, FleetDeployment.FleetCheck> gate : gates.entrySet()) {
      registry =
          registry.withGate(
              gate.getKey(), 1, json -> question -> gateAnswer(gate.getValue(), time(world)));
    }
    for (Map.Entry<String, FleetDeployment.FleetCheck> source : alarms.entrySet()) {
      registry =
          registry.withAlarms(
              source.getKey(),
              1,
              json ->
                  names ->
                      names.stream()
                          .collect(
                              Collectors.toMap(
                                  name -> name, name -> state(source.getValue(), time(world)))));
    }
    return new GuardedChecks(
        registry, IN_PLACE, world.timers, NO_THREADS, Telemetry.NONE, kind -> Runnable::run);
  }

  private static Stream<GateReference> gates(Guards guards) {
    return Stream.concat(
        guards.hostGates().stream(),
        guards.checkpoints().stream().flatMap(checkpoint -> checkpoint.gates().stream()));
  }

  private static FleetDeployment.FleetCheck check(FleetDeployment deployment, String name) {
    return deployment.checks.getOrDefault(name, time -> GateAnswer.Kind.PASSED);
  }

  private static Duration time(World world) {
    return Duration.between(VirtualTimers.START, world.now());
  }

  private static GateAnswer gateAnswer(FleetDeployment.FleetCheck check, Duration time) {
    return switch (check.answer(time)) {
      case PASSED -> GateAnswer.passed();
      case REFUSED -> GateAnswer.refused("simulated");
      case NOT_YET -> GateAnswer.notYet("simulated", Duration.ofSeconds(5));
    };
  }

  private static AlarmState state(FleetDeployment.FleetCheck check, Duration time) {
    return switch (check.answer(time)) {
      case PASSED -> AlarmState.OK;
      case REFUSED -> AlarmState.ALARM;
      case NOT_YET -> AlarmState.INSUFFICIENT_DATA;
    };
  }
}
