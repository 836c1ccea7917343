package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches a simulation from outside: what is really in the store, what is really sent, what really
 * runs. Says at once what must not be. Not thread-safe.
 */
final class Witness implements Violations {

  private static final int SNAPSHOT_ONE_IN = 10;

  private final World world;
  private final HostWitness hosts = new HostWitness(this);
  private final Map<DeploymentId, RolloutWitness> rollouts = new LinkedHashMap<>();
  private final Map<String, SimulatedTraffic> traffic = new HashMap<>();
  private final Map<String, Long> inboxReads = new HashMap<>();
  private final Map<DeploymentId, Long> epochs = new HashMap<>();

  Witness(World world) {
    this.world = world;
  }

  HostWitness hosts() {
    return hosts;
  }

  Iterable<RolloutWitness> rollouts() {
    return rollouts.values();
  }

  RolloutWitness rollout(DeploymentId id) {
    RolloutWitness rollout = rollouts.get(id);
    if (rollout == null) {
      throw violation("deployment " + id + " is not in the store");
    }
    return rollout;
  }

  boolean isTimeForSnapshot() {
    return world.chance.oneIn(SNAPSHOT_ONE_IN);
  }

  /** The traffic of a group as it really is. */
  SimulatedTraffic traffic(String group) {
    return traffic.computeIfAbsent(group, name -> new SimulatedTraffic(world));
  }

  /** Whether a controller has not been replaced. */
  boolean isOwner(Controller controller, DeploymentId id) {
    return controller.holds(id, epochs.getOrDefault(id, 0L));
  }

  /** A rollout is in the store. */
  void created(RolloutHeader header) {
    rollouts.computeIfAbsent(
        header.id(),
        id -> new RolloutWitness(header, hosts, traffic(header.deploymentGroup()), this));
  }

  /** The turn of a rollout that has waited has come: no other one of its group is under way. */
  void specified(RolloutHeader header) {
    for (RolloutWitness other : rollouts.values()) {
      if (other.isUnderWayIn(header.deploymentGroup()) && !other.id().equals(header.id())) {
        throw violation(header.id() + " begins while " + other.id() + " is not over");
      }
    }
    rollout(header.id()).specified(header, world.now());
  }

  void acquired(DeploymentId id, long epoch) {
    epochs.put(id, epoch);
  }

  void inboxRead(Controller controller, DeploymentId id) {
    inboxReads.put(controller + " " + id, world.step());
  }

  long lastInboxRead(@Nullable Controller controller, DeploymentId id) {
    return controller == null ? 0 : inboxReads.getOrDefault(controller + " " + id, 0L);
  }

  /** A controller is about to send a command. */
  void offered(Controller controller, HostCommand command) {
    CommandKey key = command.key();
    RolloutWitness rollout = rollout(key.deployment());
    if (!rollout.isIntended(key)) {
      throw violation(key + " is sent before its intent is committed");
    }
    if (rollout.isOver() && isOwner(controller, key.deployment())) {
      throw violation(key + " is sent after the end of its rollout");
    }
  }

  @Override
  public FleetViolation violation(String what, @Nullable Throwable cause) {
    world.trace(() -> "VIOLATION: " + what);
    return cause == null ? new FleetViolation(what) : new FleetViolation(what, cause);
  }
}
