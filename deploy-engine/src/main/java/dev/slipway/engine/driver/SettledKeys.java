package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.CommandKey;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which keys of the inbox a store need not remember: what hosts report of a run that is over has no
 * effect any more, however often it is delivered. Used by one thread.
 */
final class SettledKeys {

  private final DeploymentId id;
  private final RolloutState state;
  private final Set<String> beginnings = new LinkedHashSet<>();

  private SettledKeys(DeploymentId id, RolloutState state) {
    this.id = id;
    this.state = state;
  }

  /**
   * Returns how these keys begin.
   *
   * @param state what was decided
   * @param inputs what was taken into account
   */
  static List<String> of(DeploymentId id, RolloutState state, List<Input> inputs) {
    SettledKeys keys = new SettledKeys(id, state);
    inputs.forEach(keys::see);
    return List.copyOf(keys.beginnings);
  }

  /** Returns how the key of what a look at the traffic control showed begins. */
  static String ofLook(Instant at) {
    return "traffic/" + at + "/";
  }

  /** Returns how the key of what a terminator has answered begins. */
  static String ofTermination(int attempt) {
    return "termination/" + attempt + "/";
  }

  private void see(Input input) {
    if (input instanceof Input.Acknowledged taken) {
      see(taken.host(), taken.event(), taken.attempt());
    } else if (input instanceof Input.Finished finished) {
      see(finished.host(), finished.event(), finished.attempt());
    } else if (input instanceof Input.Unreachable lost) {
      see(lost.host(), lost.event(), lost.attempt());
    } else if (input instanceof Input.Answered answer) {
      beginnings.add("check/" + answer.round() + "/");
    } else if (input instanceof Input.TrafficSeen seen) {
      beginnings.add(ofLook(seen.lookedAt()));
    } else if (input instanceof Input.Terminated terminated) {
      beginnings.add(ofTermination(terminated.attempt()));
    }
  }

  private void see(HostId host, LifecycleEvent event, int attempt) {
    if (!state.isRunning(host, event, attempt)) {
      beginnings.add(new CommandKey(id, host, event, attempt) + "/");
    }
  }
}
