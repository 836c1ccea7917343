package dev.slipway.engine.planning;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.GroupBookKeeper;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.PlanOutdatedException;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.store.RolloutHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Makes rollouts of plans. Thread-safe. */
final class RolloutStarter {

  private final PlanMaker planner;
  private final DriverServices services;
  private final Executor listeners;

  RolloutStarter(PlanMaker planner, DriverServices services, Executor listeners) {
    this.planner = planner;
    this.services = services;
    this.listeners = listeners;
  }

  Rollout startCurrent(RolloutSpec spec) {
    DeploymentId id = planner.newId();
    return create(planner.draft(spec, id), id.value());
  }

  Rollout start(Draft draft, String clientToken) {
    Draft now = planner.draft(draft.spec(), draft.record().definition().deployment());
    if (!now.digest().equals(draft.digest())) {
      throw new PlanOutdatedException(differences(draft, now));
    }
    return create(now, clientToken);
  }

  private Rollout create(Draft draft, String clientToken) {
    RevisionId kept = services.revisions().put(draft.spec().revision()).id();
    RevisionId planned = draft.record().work().revision();
    if (!kept.equals(planned)) {
      throw new PlanOutdatedException(List.of(changed(planned, kept)));
    }
    RolloutRecord record =
        draft
            .record()
            .withGeneration(
                GroupBookKeeper.nextGeneration(services.books(), draft.record().work()));
    RolloutHeader header =
        services
            .store()
            .create(
                new RolloutHeader(
                    record.definition().deployment(),
                    record.work().application(),
                    record.work().deploymentGroup(),
                    clientToken,
                    null,
                    services.clock().instant(),
                    Json.write(record)));
    services.supervisor().wake(header.id());
    return new RolloutHandle(services, listeners, header.id());
  }

  private static String changed(RevisionId from, RevisionId to) {
    return "the bundle has changed from " + from.abbreviated() + " to " + to.abbreviated();
  }

  private static List<String> differences(Draft planned, Draft now) {
    List<String> differences = new ArrayList<>();
    if (!planned.record().work().revision().equals(now.record().work().revision())) {
      differences.add(changed(planned.record().work().revision(), now.record().work().revision()));
    }
    if (!planned.record().hosts().equals(now.record().hosts())) {
      differences.add(
          "the hosts or their order have changed: there were "
              + planned.record().hosts().size()
              + ", there are "
              + now.record().hosts().size());
    }
    if (differences.isEmpty()) {
      differences.add("the history of the deployment group has changed");
    }
    return differences;
  }
}
