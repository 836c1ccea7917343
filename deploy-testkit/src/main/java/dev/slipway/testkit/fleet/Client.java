package dev.slipway.testkit.fleet;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.engine.core.Clocks;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.GroupBookKeeper;
import dev.slipway.engine.driver.OneWayDoors;
import dev.slipway.engine.driver.OutputOffsets;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.spi.store.GroupPage;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.StrategyReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who asks for deployments, from a process of its own that does not fail: what it asks for is in
 * the store when the call returns. Not thread-safe.
 */
final class Client {

  /** Short ones, so that deadlines matter in a run of some virtual minutes. */
  static final Clocks CLOCKS =
      new Clocks(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(20),
          Duration.ofSeconds(10));

  private static final String APPLICATION = "app";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
  private static final int LOOKS = 400;

  private final Cluster cluster;
  private final World world;
  private final DriverServices services;
  private final Map<DeploymentId, FleetDeployment> asked = new LinkedHashMap<>();
  private int revisions;

  Client(Cluster cluster) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.services =
        new DriverServices(
            cluster.store(),
            cluster.books(),
            cluster.inventory(),
            new NoContent(),
            host -> {
              throw new IllegalStateException("a client reaches no host");
            },
            cluster.strategies(),
            cluster.checks(),
            reference -> Optional.empty(),
            reference -> Optional.empty(),
            new Elsewhere(cluster),
            world.timers,
            Runnable::run,
            new OutputOffsets(),
            cluster.ids());
  }

  /** Drives nothing itself. */
  private record Elsewhere(Cluster cluster) implements Supervisor {
    @Override
    public void start(Driver driver) {}

    @Override
    public void wake(DeploymentId id) {
      cluster.wake(id);
    }

    @Override
    public boolean isDriving() {
      return true;
    }

    @Override
    public void close() {}
  }

  Rollout rollout(DeploymentId id) {
    return new RolloutHandle(services, id);
  }

  /** Asks for a deployment when its time has come, and its group is free. */
  void plan(FleetDeployment deployment, StrategyReference strategy, List<HostId> hosts) {
    if (services.books().read(APPLICATION, deployment.group).isEmpty()) {
      enterFirstSuccess(deployment.group, withTraffic(deployment, hosts));
      if (deployment.originals > 0) {
        cluster.witness().traffic(deployment.group).withOut(replacements(deployment, hosts));
      }
    }
    world.after(deployment.startAfter, () -> ask(deployment, strategy, hosts, LOOKS));
  }

  private static List<HostId> replacements(FleetDeployment deployment, List<HostId> hosts) {
    return hosts.subList(0, hosts.size() - deployment.originals);
  }

  /** The hosts of the group as it is before the deployment. */
  private static List<HostId> withTraffic(FleetDeployment deployment, List<HostId> hosts) {
    return deployment.originals == 0
        ? hosts
        : hosts.subList(hosts.size() - deployment.originals, hosts.size());
  }

  /** Every group has been deployed to before: its hosts are healthy, and there is a way back. */
  private void enterFirstSuccess(String group, List<HostId> hosts) {
    RevisionId first = revision(0);
    List<HostBook> healthy =
        hosts.stream().map(host -> new HostBook(host, first, false, true)).toList();
    GroupBook book = new GroupBook(new DeploymentId("d-000000000"), first, healthy);
    services
        .books()
        .write(
            new GroupPage(
                APPLICATION, group, 1, Json.write(Map.of("generation", 0, "book", book))));
  }

  private void ask(
      FleetDeployment deployment, StrategyReference strategy, List<HostId> hosts, int looks) {
    RolloutRecord record = record(deployment, strategy, hosts);
    DeploymentId id = record.definition().deployment();
    try {
      cluster
          .witness()
          .hosts()
          .promise(
              deployment.group,
              budget(deployment.config.minimumHealthyHosts(), hosts.size() - deployment.originals)
                  + budgetOfJoining(deployment));
      RolloutHeader header =
          new RolloutHeader(
              id,
              APPLICATION,
              deployment.group,
              id.value(),
              null,
              world.now(),
              RecordCodec.encode(record));
      RolloutHeader unused =
          record.waiting() == null
              ? services.store().create(header)
              : services.store().enqueue(header);
    } catch (RequestException e) {
      if (looks == 0) {
        throw cluster.witness().violation("the group never becomes free: " + e.getMessage(), e);
      }
      world.after(LOOK_AGAIN, () -> ask(deployment, strategy, hosts, looks - 1));
      return;
    }
    world.trace(() -> "the user starts " + id + " " + deployment);
    asked.put(id, deployment);
    cluster.wake(id);
    for (FleetDeployment.Stop stop : deployment.stops) {
      world.after(stop.after(), () -> stop(id, stop));
    }
    for (FleetDeployment.Rest rest : deployment.rests) {
      world.after(rest.after(), () -> pause(id, rest));
    }
    for (Duration time : deployment.switches) {
      world.after(time, () -> switchTraffic(id, time));
    }
    for (Duration time : deployment.terminations) {
      world.after(time, () -> terminateOriginals(id, time));
    }
    for (FleetDeployment.Verdict verdict : deployment.verdicts) {
      world.after(verdict.after(), () -> say(id, verdict));
    }
    if (deployment.retried) {
      world.after(LOOK_AGAIN, () -> retry(id, LOOKS));
    }
  }

  private void terminateOriginals(DeploymentId id, Duration time) {
    if (!services.store().isOver(id)) {
      rollout(id).request(RolloutRequest.terminateOriginals(""));
      world.after(LOOK_AGAIN, () -> terminateOriginals(id, time));
    }
  }

  private void switchTraffic(DeploymentId id, Duration time) {
    if (!services.store().isOver(id)) {
      rollout(id).request(RolloutRequest.switchTraffic(""));
      world.after(LOOK_AGAIN, () -> switchTraffic(id, time));
    }
  }

  private void say(DeploymentId id, FleetDeployment.Verdict verdict) {
    if (services.store().isOver(id)) {
      return;
    }
    if (verdict.approves()) {
      rollout(id).approve("ann", "");
      world.after(LOOK_AGAIN, () -> say(id, verdict));
    } else {
      rollout(id).reject("bob", "not today");
    }
  }

  private void stop(DeploymentId id, FleetDeployment.Stop stop) {
    if (services.store().isOver(id)) {
      return;
    }
    world.trace(() -> "the user stops " + id + " " + stop);
    Rollout rollout = rollout(id);
    if (stop.grace() == null) {
      rollout.stop("enough");
    } else {
      rollout.stop(stop.grace(), "enough");
    }
    cluster.witness().rollout(id).stopAccepted(world.step());
  }

  private void pause(DeploymentId id, FleetDeployment.Rest rest) {
    if (services.store().isOver(id)) {
      return;
    }
    world.trace(() -> "the user pauses " + id + " for " + rest.time());
    rollout(id).pause("lunch");
    world.after(
        rest.time(),
        () -> {
          world.trace(() -> "the user resumes " + id);
          rollout(id).resume("coffee");
        });
  }

  private void retry(DeploymentId id, int looks) {
    if (!services.store().isOver(id)) {
      if (looks > 0) {
        world.after(LOOK_AGAIN, () -> retry(id, looks - 1));
      }
      return;
    }
    Rollout rollout = rollout(id);
    if (rollout.status() == DeploymentStatus.SUCCEEDED || rollout.rollback().isPresent()) {
      return;
    }
    try {
      Rollout retry = rollout.retry();
      world.trace(() -> "the user retries " + id + " as " + retry.id());
    } catch (RequestException e) {
      world.trace(() -> "no retry of " + id + ": " + e.getMessage());
    }
  }

  private RolloutRecord record(
      FleetDeployment deployment, StrategyReference strategy, List<HostId> hosts) {
    DeploymentId id = services.ids().get();
    RolloutRecord.Work work =
        new RolloutRecord.Work(
            APPLICATION,
            deployment.group,
            deployment.group,
            0,
            revision(++revisions),
            "appspec.yml",
            FileExistsBehavior.DISALLOW);
    GroupBook book = GroupBookKeeper.read(services.books(), work);
    List<Host> all = hosts.stream().map(host -> Host.named(host.value())).toList();
    Map<HostId, Host> byId = all.stream().collect(Collectors.toMap(Host::id, Function.identity()));
    int deployedTo = all.size() - deployment.originals;
    List<ScheduledHost> scheduled =
        new ArrayList<>(
            HostOrdering.schedule(
                all.subList(0, deployedTo), book, HostOrder.SPREAD, deployment.config, id));
    scheduled.addAll(
        HostOrdering.schedule(
            all.subList(deployedTo, all.size()), book, HostOrder.BY_NAME, deployment.config, id));
    List<Host> ordered = new ArrayList<>();
    scheduled.forEach(host -> ordered.add(Optional.ofNullable(byId.get(host.id())).orElseThrow()));
    RolloutDefinition definition =
        new RolloutDefinition(
            id,
            Creator.USER,
            scheduled,
            new RolloutDefinition.Pace(
                deployment.config, deployment.batching, deployment.limits, CLOCKS),
            lifecycle(deployment),
            new RollbackPolicy(
                deployment.autoRollback,
                services.ids().get(),
                book.targetRevision(),
                OneWayDoors.inWords(deployment.rollback.oneWayDoor(), book),
                deployment.rollback.scope() == RollbackOptions.Scope.CHANGED,
                deployment.rollback.fullPace()),
            deployment.guards);
    cluster.members(deployment.group, hosts, deployment.joining);
    RolloutRecord record =
        new RolloutRecord(definition, strategy, ordered, work, null)
            .withJoiners(
                deployment.joining.isEmpty()
                    ? null
                    : new RolloutRecord.Joiners(Cluster.membersOf(deployment.group), true));
    return deployment.onConflict == OnConflict.REJECT
        ? record.withGeneration(GroupBookKeeper.nextGeneration(services.books(), work))
        : record.waiting(
            HostOrder.SPREAD,
            deployment.onConflict == OnConflict.SUPERSEDE,
            OneWayDoors.own(deployment.rollback.oneWayDoor()));
  }

  private static RolloutDefinition.Lifecycle lifecycle(FleetDeployment deployment) {
    TrafficReference control = TrafficReference.to(deployment.group);
    RolloutDefinition.Lifecycle lifecycle =
        new RolloutDefinition.Lifecycle(
            deployment.events,
            false,
            deployment.downloadAttempts,
            deployment.hasTraffic() ? control : null,
            null);
    return deployment.originals == 0
        ? lifecycle
        : lifecycle.switching(control, switching(deployment));
  }

  private static RolloutDefinition.Lifecycle.BlueGreen switching(FleetDeployment deployment) {
    Duration stay = deployment.terminationWait;
    return new RolloutDefinition.Lifecycle.BlueGreen(
        deployment.originals,
        deployment.readyWait,
        stay == null
            ? null
            : new RolloutDefinition.Lifecycle.BlueGreen.Termination(
                TerminatorReference.to("hosts"), stay));
  }

  static RevisionId revision(int number) {
    return new RevisionId("%064x".formatted(number));
  }

  /** What is asked for, as far as a user asked for it: not for rollbacks and retries. */
  Map<DeploymentId, FleetDeployment> asked() {
    return asked;
  }

  /** Hosts that appear have a deployment of their own, in which one at least may be off. */
  private static int budgetOfJoining(FleetDeployment deployment) {
    int joining = deployment.joining.size();
    return joining == 0 ? 0 : Math.max(budget(deployment.config.minimumHealthyHosts(), joining), 1);
  }

  /** How many hosts may be off: not the engine's arithmetic, but what the words say. */
  static int budget(MinimumHealthyHosts floor, int hosts) {
    return switch (floor.type()) {
      case HOST_COUNT -> Math.max(hosts - floor.value(), 0);
      case FLEET_PERCENT -> hosts * (100 - floor.value()) / 100;
      case MOST_CONCURRENCY -> Math.min(floor.value(), hosts);
    };
  }
}
