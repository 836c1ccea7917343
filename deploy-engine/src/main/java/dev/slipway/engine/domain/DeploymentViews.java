package dev.slipway.engine.domain;

import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.LastDeployment;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.failure.RequestException;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.Rollout;
import dev.slipway.spi.store.RolloutHeader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Shows rollouts as CodeDeploy shows deployments. */
final class DeploymentViews {

  private final DomainParts parts;
  private final TargetRevisions targets;
  private final Function<DeploymentId, RolloutHandle> rollouts;

  DeploymentViews(
      DomainParts parts, TargetRevisions targets, Function<DeploymentId, RolloutHandle> rollouts) {
    this.parts = parts;
    this.targets = targets;
    this.rollouts = rollouts;
  }

  /** Returns the headers of all rollouts that are kept, newest first. */
  List<RolloutHeader> headers() {
    return parts.store().newest(Integer.MAX_VALUE).stream()
        .flatMap(id -> header(id).stream())
        .toList();
  }

  /** Returns the header of a rollout; it may have been swept away just now. */
  Optional<RolloutHeader> header(DeploymentId id) {
    try {
      return Optional.of(parts.store().header(id));
    } catch (RequestException gone) {
      return Optional.empty();
    }
  }

  /** Returns the newest deployment of a group, of those in a state that will do. */
  @Nullable LastDeployment newest(RolloutName names, Predicate<DeploymentStatus> status) {
    return parts.store().newest(Integer.MAX_VALUE).stream()
        .flatMap(id -> header(id).stream())
        .filter(
            header ->
                header.application().equals(names.application())
                    && header.deploymentGroup().equals(names.group()))
        .filter(header -> status.test(status(header)))
        .findFirst()
        .map(this::brief)
        .orElse(null);
  }

  private LastDeployment brief(RolloutHeader header) {
    Rollout rollout = rollouts.apply(header.id());
    return new LastDeployment(
        header.id(), rollout.status(), header.createdAt(), Course.of(rollout.recorded()).endedAt());
  }

  /** Returns whether the application of a rollout has been deleted, and its history with it. */
  boolean isDeleted(RolloutHeader header) {
    return parts
        .ledger()
        .find(Kind.ROLLOUT_NAME, header.application())
        .filter(RolloutName.Use.DELETED::equals)
        .isPresent();
  }

  DeploymentStatus status(RolloutHeader header) {
    return rollouts.apply(header.id()).status();
  }

  /** Returns the handle of a rollout. */
  RolloutHandle handle(RolloutHeader header) {
    return rollouts.apply(header.id());
  }

  DeploymentInfo whole(RolloutHeader header) {
    RolloutRecord record = RecordCodec.decode(header.specification());
    RolloutHandle rollout = rollouts.apply(header.id());
    Course course = Course.of(rollout.recorded());
    Optional<StoredApplication> application =
        parts
            .ledger()
            .find(Kind.ROLLOUT_NAME, header.application())
            .flatMap(use -> parts.ledger().find(Kind.APPLICATION, use.holder()));
    Optional<StoredGroup> group =
        parts
            .ledger()
            .find(
                Kind.ROLLOUT_NAME, RolloutName.key(header.application(), header.deploymentGroup()))
            .flatMap(use -> parts.ledger().find(Kind.GROUP, use.holder()));
    StoredDeployment said =
        parts
            .ledger()
            .find(Kind.DEPLOYMENT, header.id().value())
            .orElseGet(
                () -> unsaid(header, record, application.map(StoredApplication::id).orElse("")));
    RevisionId previous = record.definition().rollback().revision();
    return new DeploymentInfo(
        header.id(),
        application.map(StoredApplication::name).orElse(header.application()),
        group.map(StoredGroup::name).orElse(header.deploymentGroup()),
        record.definition().pace().config().name(),
        said.revision(),
        previous == null ? null : targets.location(said.applicationId(), previous),
        rollout.status(),
        course.error(),
        header.createdAt(),
        course.startedAt(),
        course.endedAt(),
        course.startedAt() == null && course.endedAt() == null ? null : rollout.overview(),
        said.description(),
        record.definition().creator(),
        new DeploymentInfo.Options(
            record.definition().lifecycle().ignoreApplicationStopFailures(),
            said.updateOutdatedInstancesOnly(),
            record.work().fileExistsBehavior(),
            said.autoRollback(),
            said.alarms(),
            said.style(),
            said.loadBalancers(),
            said.blueGreen(),
            said.targetInstances(),
            said.mode()),
        course.rollback(header.rollbackOf()),
        rollout.isTerminationBegun());
  }

  private static String description(RolloutHeader header, Creator creator) {
    return switch (creator) {
      case USER -> "";
      case ROLLBACK -> "rolls deployment " + header.rollbackOf() + " back";
      case AUTO_UPDATE -> "brings the revision to hosts that appeared while it was deployed";
    };
  }

  /** What is so of a rollout that was not asked for here, such as a rollback. */
  private StoredDeployment unsaid(
      RolloutHeader header, RolloutRecord record, String applicationId) {
    RolloutDefinition.Lifecycle lifecycle = record.definition().lifecycle();
    Optional<StoredDeployment> before =
        Optional.ofNullable(header.rollbackOf())
            .flatMap(id -> parts.ledger().find(Kind.DEPLOYMENT, id.value()));
    return new StoredDeployment(
        header.createdAt(),
        applicationId,
        targets.location(applicationId, record.work().revision()),
        description(header, record.definition().creator()),
        record.definition().creator() == Creator.AUTO_UPDATE,
        new AutoRollbackConfiguration(
            !record.definition().rollback().events().isEmpty(),
            record.definition().rollback().events()),
        null,
        new DeploymentStyle(
            record.definition().isBlueGreen()
                ? DeploymentStyle.Type.BLUE_GREEN
                : DeploymentStyle.Type.IN_PLACE,
            lifecycle.traffic() == null
                ? DeploymentStyle.Option.WITHOUT_TRAFFIC_CONTROL
                : DeploymentStyle.Option.WITH_TRAFFIC_CONTROL),
        before.map(StoredDeployment::loadBalancers).orElse(LoadBalancerInfo.NONE),
        DeploymentMode.STANDARD,
        before.map(StoredDeployment::blueGreen).orElse(null),
        null);
  }
}
