package dev.slipway.engine.planning;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.OnConflict;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.GroupBookKeeper;
import dev.slipway.engine.driver.OneWayDoors;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.failure.PlanOutdatedException;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.store.RolloutHeader;
import java.util.List;
import java.util.Optional;

/** Makes rollouts of plans. Thread-safe. */
final class RolloutStarter {

  private final PlanMaker planner;
  private final DriverServices services;
  private final Preflights preflights;

  RolloutStarter(PlanMaker planner, DriverServices services) {
    this.planner = planner;
    this.services = services;
    this.preflights = new Preflights(services.transports(), services.timers());
  }

  /** Looks at all hosts of a draft, whether it asks for that or not. */
  PreflightReport preflight(Draft draft) {
    return preflights.look(draft);
  }

  Rollout startCurrent(RolloutSpec spec) {
    DeploymentId id = planner.newId();
    Draft draft = planner.draft(spec, id);
    preflights.check(draft);
    return create(draft, id.value());
  }

  /**
   * Whatever has changed since, a token that was used stands for the rollout that it started.
   *
   * @param isReady whether all hosts of the draft have been found fit before
   */
  Rollout start(Draft draft, String clientToken, boolean isReady) {
    RolloutRecord.Work work = draft.record().work();
    Optional<RolloutHeader> started =
        services.store().find(work.application(), work.deploymentGroup(), clientToken);
    if (started.isPresent()) {
      return begun(started.get());
    }
    Draft now = planner.again(draft);
    if (!now.digest().equals(draft.digest())) {
      throw new PlanOutdatedException(differences(draft, now));
    }
    if (!isReady) {
      preflights.check(now);
    }
    return create(now, clientToken);
  }

  /** Returns what a rollout of a draft is made of that will wait for its turn, bundle kept. */
  RolloutRecord prepared(Draft draft, boolean isReady) {
    Draft now = planner.again(draft);
    if (!now.digest().equals(draft.digest())) {
      throw new PlanOutdatedException(differences(draft, now));
    }
    if (!isReady) {
      preflights.check(now);
    }
    keepBundle(now);
    return waiting(now, false);
  }

  private void keepBundle(Draft draft) {
    RevisionId kept = services.revisions().put(draft.spec().revision()).id();
    RevisionId planned = draft.record().work().revision();
    if (!kept.equals(planned)) {
      throw new PlanOutdatedException(List.of(changed(planned, kept)));
    }
  }

  private static RolloutRecord waiting(Draft draft, boolean supersedes) {
    return draft
        .record()
        .waiting(
            draft.spec().hosts().order(),
            supersedes,
            OneWayDoors.own(draft.spec().options().rollback().oneWayDoor()));
  }

  private Rollout create(Draft draft, String clientToken) {
    keepBundle(draft);
    OnConflict onConflict = draft.spec().options().onConflict();
    if (draft.record().definition().isBlueGreen()) {
      // Which hosts have the traffic when its turn comes is not known now.
      onConflict = OnConflict.REJECT;
    }
    if (onConflict == OnConflict.REJECT) {
      long generation = GroupBookKeeper.nextGeneration(services.books(), draft.record().work());
      RolloutRecord record = draft.record().withGeneration(generation);
      return begun(services.store().create(header(record, clientToken)));
    }
    RolloutRecord record = waiting(draft, onConflict == OnConflict.SUPERSEDE);
    return begun(services.store().enqueue(header(record, clientToken)));
  }

  private RolloutHeader header(RolloutRecord record, String clientToken) {
    return new RolloutHeader(
        record.definition().deployment(),
        record.work().application(),
        record.work().deploymentGroup(),
        clientToken,
        null,
        services.timers().instant(),
        RecordCodec.encode(record));
  }

  private Rollout begun(RolloutHeader header) {
    services.supervisor().wake(header.id());
    return new RolloutHandle(services, header.id());
  }

  private static String changed(RevisionId from, RevisionId to) {
    return "the bundle has changed from " + from.abbreviated() + " to " + to.abbreviated();
  }

  private static List<String> differences(Draft planned, Draft now) {
    if (planned.record().hosts().equals(now.record().hosts())) {
      return List.of("the history of the deployment group has changed");
    }
    return List.of(
        "the hosts or their order have changed: there were "
            + planned.record().hosts().size()
            + ", there are "
            + now.record().hosts().size());
  }
}
