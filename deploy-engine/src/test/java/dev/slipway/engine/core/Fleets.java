package dev.slipway.engine.core;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets all hosts of a rollout answer, until nothing runs any more. */
final class Fleets {

  static final TrafficReference BALANCER = TrafficReference.to("balancer");

  private Fleets() {}

  /** Two replacement hosts, a and b, of which one may be off, and two original ones, c and d. */
  static RolloutDefinition blueGreen(@Nullable Duration readyWait) {
    return blueGreen(2, 1, readyWait);
  }

  /** So many replacement hosts, of which so many may be off, and two original ones after them. */
  static RolloutDefinition blueGreen(int replacements, int budget, @Nullable Duration readyWait) {
    return blueGreen(
        replacements, budget, new RolloutDefinition.Lifecycle.BlueGreen(2, readyWait, null));
  }

  /** Two replacement hosts, and two original ones, which are ended some time after the switch. */
  static RolloutDefinition terminating(Duration stay) {
    return blueGreen(
        2,
        1,
        new RolloutDefinition.Lifecycle.BlueGreen(
            2,
            null,
            new RolloutDefinition.Lifecycle.BlueGreen.Termination(
                TerminatorReference.to("hosts"), stay)));
  }

  private static RolloutDefinition blueGreen(
      int replacements, int budget, RolloutDefinition.Lifecycle.BlueGreen how) {
    return Rollouts.with(
        Rollouts.definition(
            Rollouts.hosts("", replacements + 2),
            DeploymentConfig.custom("test", MinimumHealthyHosts.hostCount(replacements - budget))),
        RolloutDefinition.Lifecycle.IN_PLACE.switching(BALANCER, how));
  }

  /** Everything succeeds, but for what fails, such as {@code a/Install}. */
  static Rollouts answer(Rollouts rollout, String... failing) {
    Set<String> fails = new HashSet<>(Arrays.asList(failing));
    while (true) {
      List<Integer> inFlight = rollout.state().hostsInFlight();
      if (inFlight.isEmpty()) {
        return rollout;
      }
      for (int position : inFlight) {
        answer(rollout, rollout.state().host(position), fails);
      }
    }
  }

  /** The event that each host runs now succeeds. */
  static void answerOnce(Rollouts rollout) {
    for (int position : rollout.state().hostsInFlight()) {
      answer(rollout, rollout.state().host(position), Set.of());
    }
  }

  private static void answer(Rollouts rollout, HostState host, Set<String> fails) {
    RunningEvent running =
        rollout.state().host(rollout.state().positionOf(host.host().id()).orElseThrow()).running();
    if (running == null) {
      return;
    }
    LifecycleEvent event = running.event();
    boolean succeeds = !fails.contains(host.host().id() + "/" + event.wireName());
    if (event.isControlSide() && succeeds) {
      TrafficState reached =
          event == LifecycleEvent.BLOCK_TRAFFIC
              ? TrafficState.OUT_OF_SERVICE
              : TrafficState.IN_SERVICE;
      rollout.take(
          new Input.TrafficSeen(rollout.now(), rollout.now(), Map.of(host.host().id(), reached)));
    } else {
      rollout.take(
          new Input.Finished(
              rollout.now(),
              host.host().id(),
              event,
              running.attempt(),
              succeeds ? Diagnostics.SUCCEEDED : Rollouts.FAILED));
    }
  }

  /** What a host has run, in order, in CodeDeploy's words. */
  static List<String> ran(Rollouts rollout, char host) {
    return rollout.at(host).runs().stream().map(run -> run.event().wireName()).toList();
  }
}
