package dev.slipway.engine.domain;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.Quota;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.RevisionType;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Guards;
import dev.slipway.revision.Revision;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.spi.store.RolloutHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks requests for deployments, in a fixed order, and keeps nothing. */
final class RequestChecks {

  private static final int LONGEST_DESCRIPTION = 256;

  private final DomainParts parts;
  private final GroupRules rules;
  private final TargetRevisions targets;
  private final ActiveRollouts active;
  private final TrafficChecks traffic;

  RequestChecks(
      DomainParts parts,
      GroupRules rules,
      TargetRevisions targets,
      ActiveRollouts active,
      GroupMembers members) {
    this.parts = parts;
    this.rules = rules;
    this.targets = targets;
    this.active = active;
    this.traffic = new TrafficChecks(parts, members);
  }

  /** Returns the request with what its group adds. */
  CheckedRequest check(DeploymentRequest request) {
    StoredApplication application = parts.application(parts.ledger(), request.application());
    StoredGroup group = parts.group(parts.ledger(), application, request.deploymentGroup());
    checkDescription(request.description());
    checkRevision(request);
    DeploymentConfig config = config(request, group);
    AutoRollbackConfiguration rollback = autoRollback(request, group);
    Guards guards = alarms(request, group);
    traffic.checkTargets(request, group);
    TrafficChoice choice = traffic.choice(request, group, config);
    RevisionId restarted = restarted(request, application, group);
    checkActive(request, group);
    if (restarted != null) {
      RevisionLocation location = targets.location(application.id(), restarted);
      Revision revision = Revision.stored(restarted);
      return new CheckedRequest(
          application, group, location, revision, config, rollback, guards, choice, request);
    }
    RevisionLocation location = Objects.requireNonNull(request.revision(), "checked before");
    return new CheckedRequest(
        application,
        group,
        location,
        revision(location),
        config,
        rollback,
        guards,
        choice,
        request);
  }

  private static void checkDescription(@Nullable String description) {
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      throw new DomainException(
          DomainError.DESCRIPTION_TOO_LONG,
          "a description has at most "
              + LONGEST_DESCRIPTION
              + " characters, but has "
              + description.length());
    }
  }

  private void checkRevision(DeploymentRequest request) {
    RevisionLocation location = request.revision();
    if (location == null) {
      if (request.mode() == DeploymentMode.STANDARD) {
        throw new DomainException(DomainError.REVISION_REQUIRED, "the deployment needs a revision");
      }
      return;
    }
    RevisionRules.check(location);
    if (!isAtHand(location.type()) && !parts.sources().containsKey(location.type())) {
      throw new DomainException(
          DomainError.OPERATION_NOT_SUPPORTED,
          "the deployer has no source of revisions of type "
              + location.type()
              + ": give it one for "
              + location.inWords());
    }
  }

  private static boolean isAtHand(RevisionType type) {
    return type == RevisionType.LOCAL || type == RevisionType.STORED;
  }

  private DeploymentConfig config(DeploymentRequest request, StoredGroup group) {
    String name =
        Objects.requireNonNullElseGet(
            request.deploymentConfig(), new FullSettings(group.settings())::deploymentConfig);
    Names.checkConfig(name);
    return StoredConfigs.find(parts.ledger(), name).config();
  }

  private AutoRollbackConfiguration autoRollback(DeploymentRequest request, StoredGroup group) {
    AutoRollbackConfiguration given = request.autoRollback();
    if (given == null) {
      return new FullSettings(group.settings()).autoRollback();
    }
    rules.checkRollback(given);
    return given;
  }

  /**
   * Returns what reads the alarms of a deployment. Those that nobody can read stop it unless that
   * is to be ignored.
   */
  private Guards alarms(DeploymentRequest request, StoredGroup group) {
    if (request.alarms() != null) {
      rules.checkAlarms(request.alarms());
    }
    AlarmConfiguration alarms =
        Objects.requireNonNullElseGet(request.alarms(), new FullSettings(group.settings())::alarms);
    if (!alarms.enabled()) {
      return Guards.NONE;
    }
    Optional<AlarmWatch> watch =
        parts.checks().watch(alarms.alarms(), alarms.ignorePollAlarmFailure());
    if (watch.isEmpty() && !alarms.ignorePollAlarmFailure()) {
      throw new DomainException(
          DomainError.INVALID_ALARM_CONFIG,
          "nobody can read alarms here: disable those of the deployment, set"
              + " ignorePollAlarmFailure to deploy without them, or give one source, which needs no"
              + " parameters, to Slipway.builder().alarmSource(…)");
    }
    return watch.map(Guards.NONE::with).orElse(Guards.NONE);
  }

  /** Returns what a RESTART deploys, or null for any other deployment. */
  private @Nullable RevisionId restarted(
      DeploymentRequest request, StoredApplication application, StoredGroup group) {
    if (request.mode() == DeploymentMode.STANDARD) {
      return null;
    }
    if (request.revision() != null || request.updateOutdatedInstancesOnly()) {
      throw new DomainException(
          DomainError.INVALID_INPUT,
          "RESTART goes with neither a revision nor updateOutdatedInstancesOnly");
    }
    RevisionId target = targets.book(group.rollouts()).targetRevision();
    if (target == null) {
      throw new DomainException(
          DomainError.REVISION_DOES_NOT_EXIST,
          "no deployment of group '"
              + group.name()
              + "' of application '"
              + application.name()
              + "' has succeeded, so there is no revision to restart");
    }
    return target;
  }

  private void checkActive(DeploymentRequest request, StoredGroup group) {
    Optional<RolloutHeader> running = active.of(group.rollouts());
    // What these are about is what hosts have now; by the time of their turn that is another thing.
    boolean mayNotWait =
        request.mode() == DeploymentMode.RESTART
            || request.updateOutdatedInstancesOnly()
            || request.targetInstances() != null;
    if (running.isPresent()
        && (mayNotWait || CheckedRequest.onConflict(request, group) == OnConflict.REJECT)) {
      throw alreadyActive(group, running.get());
    }
    parts.checkQuota(
        Quota.CONCURRENT_DEPLOYMENTS,
        parts.store().unfinished().size() + 1,
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        "deployments at once");
  }

  /** Callers of CodeDeploy find the id of the active deployment by these words. */
  static DomainException alreadyActive(StoredGroup group, RolloutHeader header) {
    return new DomainException(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        "The Deployment Group '"
            + group.name()
            + "' already has an active Deployment '"
            + header.id()
            + "'");
  }

  private Revision revision(RevisionLocation location) {
    RevisionLocation.Local local = location.local();
    if (local != null) {
      Path path = Path.of(local.path());
      return Files.isDirectory(path) ? Revision.localDirectory(path) : archive(path);
    }
    RevisionId stored = location.stored();
    if (stored != null) {
      return Revision.stored(stored);
    }
    return Objects.requireNonNull(parts.sources().get(location.type()), "checked before")
        .fetch(location);
  }

  private static Revision archive(Path path) {
    try {
      return Revision.localArchive(path);
    } catch (IllegalArgumentException e) {
      throw new DomainException(
          DomainError.INVALID_REVISION, "a local revision is a directory or " + e.getMessage());
    }
  }
}
