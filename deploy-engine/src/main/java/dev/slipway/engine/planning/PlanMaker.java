package dev.slipway.engine.planning;

import dev.slipway.config.Batching;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.engine.core.Clocks;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostOrdering;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutPlan;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.engine.driver.GroupBookKeeper;
import dev.slipway.engine.driver.OneWayDoors;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.journal.Json;
import dev.slipway.engine.remote.CheckRegistry;
import dev.slipway.engine.runtime.DeploymentIds;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.guard.Guards;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.Pace;
import dev.slipway.rollout.RolloutOptions;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.revision.RevisionStore;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.termination.HostTerminators;
import dev.slipway.spi.traffic.TrafficControls;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.StrategyRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a plan needs and lets the core make it. Reads only. Thread-safe.
 *
 * @param inventory where hosts come from
 * @param revisions where bundles are kept
 * @param books where groups are kept
 * @param strategies the strategies that are known
 * @param checks the gates and the sources of alarms that are known
 * @param traffic the traffic controls that are known
 * @param terminators the host terminators that are known
 * @param ids draws deployment ids
 */
record PlanMaker(
    Inventory inventory,
    RevisionStore revisions,
    GroupBooks books,
    StrategyRegistry strategies,
    CheckRegistry checks,
    TrafficControls traffic,
    HostTerminators terminators,
    DeploymentIds ids) {

  /** Slots that are filled one by one are no waves whose failures could be counted. */
  private static void checkWaves(Pace pace) {
    Integer most = pace.limits().maxFailuresPerWave();
    if (most != null && pace.batching() == Batching.WINDOW) {
      throw new RequestException(
          "maxFailuresPerWave "
              + most
              + " needs waves, and batching WINDOW has none: use batching WAVE, or maxFailures");
    }
  }

  DeploymentId newId() {
    return ids.next();
  }

  /** Returns what would be done now, under that id. */
  Draft draft(RolloutSpec spec, DeploymentId id) {
    // Found to be missing before a large bundle is read.
    strategy(spec);
    checkWaves(spec.pace());
    checks.check(spec.guards());
    checkTraffic(spec.traffic());
    checkJoiners(spec);
    BundleContents contents =
        new ContentsReader(revisions).read(spec.revision(), spec.options().appSpecFile());
    return draft(spec, id, contents, revisions.identify(spec.revision()));
  }

  /**
   * Returns what would be done now instead of an earlier draft. The bundle is not read again: who
   * stores it sees whether it is still the same.
   */
  Draft again(Draft earlier) {
    return draft(
        earlier.spec(),
        earlier.record().definition().deployment(),
        earlier.contents(),
        earlier.record().work().revision());
  }

  private Draft draft(
      RolloutSpec spec, DeploymentId id, BundleContents contents, RevisionId revision) {
    Strategy strategy = strategy(spec);
    List<Host> found = new ArrayList<>(inventory.snapshot(spec.hosts().selector()));
    List<Host> originals = originals(spec, found);
    RolloutRecord.Work work = work(spec, revision);
    GroupBook book = GroupBookKeeper.read(books, work);
    RolloutDefinition definition = definition(spec, id, new Hosts(found, originals), book);
    found.addAll(originals);
    Map<HostId, Host> byId =
        found.stream().collect(Collectors.toMap(Host::id, Function.identity()));
    List<Host> ordered =
        definition.hosts().stream()
            .map(host -> Optional.ofNullable(byId.get(host.id())).orElseThrow())
            .toList();
    RolloutRecord record =
        new RolloutRecord(definition, spec.pace().strategy(), ordered, work, null)
            .withJoiners(joiners(spec));
    RolloutPlan plan = RolloutPlan.of(definition, spec.pace().strategy().name(), strategy);
    return new Draft(
        spec, record, plan, wavesBack(record, strategy), contents, digest(record, contents));
  }

  private static RolloutRecord.@Nullable Joiners joiners(RolloutSpec spec) {
    LateJoiners what = spec.options().lateJoiners();
    return what == LateJoiners.IGNORE
        ? null
        : new RolloutRecord.Joiners(spec.hosts().selector(), what == LateJoiners.DEPLOY_AFTER);
  }

  private static void checkJoiners(RolloutSpec spec) {
    LateJoiners what = spec.options().lateJoiners();
    if (what != LateJoiners.IGNORE && spec.traffic().blueGreen() != null) {
      throw new RequestException(
          "lateJoiners "
              + what
              + " is for deployments in place: a blue/green deployment has the hosts that were"
              + " prepared for it");
    }
  }

  private static List<Integer> wavesBack(RolloutRecord record, Strategy strategy) {
    RollbackPolicy policy = record.definition().rollback();
    if (policy.revision() == null
        || policy.forbidden() != null
        || record.definition().isBlueGreen()) {
      return List.of();
    }
    RolloutDefinition rollback =
        record.definition().withCreator(Creator.ROLLBACK).with(Guards.NONE);
    RolloutPlan plan =
        policy.fullPace()
            ? RolloutPlan.of(rollback, record.strategy().name(), strategy)
            : RolloutPlan.of(
                rollback, StrategyReference.AS_MANY_AS_MAY.name(), Strategies.asManyAsMay());
    return plan.waves().stream().map(List::size).toList();
  }

  private Strategy strategy(RolloutSpec spec) {
    return strategies
        .find(spec.pace().strategy())
        .orElseThrow(
            () ->
                new RequestException(
                    "strategy "
                        + spec.pace().strategy().name()
                        + " version "
                        + spec.pace().strategy().version()
                        + " is not registered: give it to Slipway.builder().strategy(…)"));
  }

  private void checkTraffic(TrafficChoice choice) {
    TrafficReference all = choice.control();
    for (TrafficReference control : all == null ? List.<TrafficReference>of() : all.controls()) {
      if (traffic.find(control).isEmpty()) {
        throw new RequestException(
            control.inWords()
                + " is not registered: give it to Slipway.builder().trafficControl(…)");
      }
    }
    BlueGreen.Termination end =
        choice.blueGreen() == null ? null : choice.blueGreen().termination();
    if (end != null && terminators.find(end.terminator()).isEmpty()) {
      throw new RequestException(
          end.terminator().inWords()
              + " is not registered: give it to Slipway.builder().hostTerminator(…)");
    }
  }

  /** The hosts that are deployed to, and those from which traffic is switched. */
  private record Hosts(List<Host> found, List<Host> originals) {}

  private List<Host> originals(RolloutSpec spec, List<Host> found) {
    BlueGreen blueGreen = spec.traffic().blueGreen();
    if (blueGreen == null) {
      return List.of();
    }
    if (spec.pace().config().zonalConfig() != null) {
      throw new RequestException(
          "config '"
              + spec.pace().config().name()
              + "' goes zone by zone, which blue/green deployments do not: choose another one");
    }
    List<Host> originals = inventory.snapshot(blueGreen.originals());
    Set<HostId> replacements = found.stream().map(Host::id).collect(Collectors.toSet());
    originals.stream()
        .map(Host::id)
        .filter(replacements::contains)
        .findFirst()
        .ifPresent(
            host -> {
              throw new RequestException(
                  "host " + host + " is both an original and a replacement: it can be one of them");
            });
    return originals;
  }

  private RolloutDefinition definition(
      RolloutSpec spec, DeploymentId id, Hosts hosts, GroupBook book) {
    List<ScheduledHost> scheduled =
        new ArrayList<>(
            HostOrdering.schedule(
                hosts.found(), book, spec.hosts().order(), spec.pace().config(), id));
    scheduled.addAll(
        HostOrdering.schedule(
            hosts.originals(), book, HostOrder.BY_NAME, spec.pace().config(), id));
    return new RolloutDefinition(
        id,
        Creator.USER,
        scheduled,
        new RolloutDefinition.Pace(
            spec.pace().config(),
            spec.pace().batching(),
            spec.pace().limits(),
            spec.traffic().blueGreen() == null ? Clocks.DEFAULT : Clocks.BLUE_GREEN),
        lifecycle(spec, hosts.originals().size()),
        rollback(spec.options(), book),
        spec.guards());
  }

  private RollbackPolicy rollback(RolloutOptions options, GroupBook book) {
    RollbackOptions how = options.rollback();
    return new RollbackPolicy(
        options.autoRollback(),
        ids.next(),
        book.targetRevision(),
        OneWayDoors.inWords(how.oneWayDoor(), book),
        how.scope() == RollbackOptions.Scope.CHANGED,
        how.fullPace());
  }

  private static RolloutDefinition.Lifecycle lifecycle(RolloutSpec spec, int originals) {
    RolloutDefinition.Lifecycle standard = RolloutDefinition.Lifecycle.IN_PLACE;
    RolloutDefinition.Lifecycle lifecycle =
        new RolloutDefinition.Lifecycle(
            standard.events(),
            spec.options().ignoreApplicationStopFailures(),
            standard.downloadAttempts());
    TrafficReference control = spec.traffic().control();
    if (control == null) {
      return lifecycle;
    }
    BlueGreen blueGreen = spec.traffic().blueGreen();
    return blueGreen == null
        ? lifecycle.around(control)
        : lifecycle.switching(control, switching(blueGreen, originals));
  }

  private static RolloutDefinition.Lifecycle.BlueGreen switching(
      BlueGreen blueGreen, int originals) {
    BlueGreen.Termination end = blueGreen.termination();
    return new RolloutDefinition.Lifecycle.BlueGreen(
        originals,
        blueGreen.readyWait(),
        end == null
            ? null
            : new RolloutDefinition.Lifecycle.BlueGreen.Termination(end.terminator(), end.stay()));
  }

  private static RolloutRecord.Work work(RolloutSpec spec, RevisionId revision) {
    return new RolloutRecord.Work(
        spec.application(),
        spec.deploymentGroup(),
        GroupIds.of(spec.application(), spec.deploymentGroup()),
        0,
        revision,
        spec.options().appSpecFile(),
        spec.options().fileExistsBehavior());
  }

  private static String digest(RolloutRecord record, BundleContents contents) {
    RolloutDefinition definition = record.definition();
    return Digests.sha256(
        Json.write(
            List.of(
                record.hosts(),
                definition.hosts(),
                definition.pace(),
                definition.lifecycle(),
                definition.guards(),
                definition.rollback().events(),
                Optional.ofNullable(definition.rollback().revision())
                    .map(RevisionId::sha256)
                    .orElse(""),
                definition.rollback().changedOnly(),
                definition.rollback().fullPace(),
                Optional.ofNullable(definition.rollback().forbidden()).orElse(""),
                record.strategy(),
                record.work(),
                contents.scripts())));
  }
}
