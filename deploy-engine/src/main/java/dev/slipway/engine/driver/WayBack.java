package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.RollbackDecision;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.store.RolloutHeader;
import java.util.Objects;
import java.util.Optional;

/** The way back of a rollout that is over, whether it has led to its rollback by itself or not. */
public final class WayBack {

  private WayBack() {}

  /** Returns the rollback of a rollout, if there is one. The rollout need not be kept any more. */
  public static Optional<DeploymentId> of(
      DriverServices services, String application, String deploymentGroup, DeploymentId id) {
    return services
        .store()
        .find(application, deploymentGroup, RolloutEnding.ROLLBACK_OF + id)
        .map(RolloutHeader::id);
  }

  /** Returns why there is no way back from a rollout that has succeeded; empty when there is. */
  public static Optional<String> obstacle(DriverServices services, DeploymentId id) {
    RolloutRecord record = RolloutReader.record(services.store(), id);
    RollbackPolicy policy = record.definition().rollback();
    if (policy.forbidden() != null) {
      return Optional.of(policy.forbidden());
    }
    if (policy.revision() == null) {
      return Optional.of("no revision has been deployed to the group with success before");
    }
    if (new RolloutReader(services.store(), record).read().isSwitchFinal()) {
      return Optional.of(RollbackDecision.ORIGINALS_END);
    }
    Optional<DeploymentId> later =
        services
            .store()
            .unfinished(record.work().application(), record.work().deploymentGroup())
            .stream()
            .filter(other -> !other.equals(id))
            .findFirst();
    if (later.isPresent()) {
      return Optional.of("deployment " + later.get() + " comes after it");
    }
    DeploymentId last = GroupBookKeeper.read(services.books(), record.work()).lastDeployment();
    return id.equals(last)
        ? Optional.empty()
        : Optional.of("deployment " + last + " came after it");
  }

  /**
   * Begins the rollback of a rollout that has succeeded, behind what its group is busy with. There
   * is one at most, however often this is called.
   */
  public static void begin(DriverServices services, DeploymentId id) {
    RolloutRecord record = RolloutReader.record(services.store(), id);
    GroupBook book = GroupBookKeeper.read(services.books(), record.work());
    RevisionId revision = Objects.requireNonNull(record.definition().rollback().revision());
    RolloutRecord rollback =
        RollbackRecord.of(
                record,
                new RolloutReader(services.store(), record).read(),
                new Effect.StartRollback(services.ids().get(), revision),
                book,
                0)
            .waiting(HostOrder.SPREAD, false, null);
    RolloutHeader kept =
        services
            .store()
            .enqueue(
                new RolloutHeader(
                    rollback.definition().deployment(),
                    record.work().application(),
                    record.work().deploymentGroup(),
                    RolloutEnding.ROLLBACK_OF + id,
                    id,
                    services.timers().instant(),
                    RecordCodec.encode(rollback)));
    services.supervisor().wake(kept.id());
  }
}
