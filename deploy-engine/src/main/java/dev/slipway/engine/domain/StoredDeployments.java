package dev.slipway.engine.domain;

import dev.slipway.config.Batching;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentTarget;
import dev.slipway.domain.Deployments;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.domain.StopStatus;
import dev.slipway.domain.WaitType;
import dev.slipway.engine.driver.RolloutHandle;
import dev.slipway.engine.planning.IdentifiedPlan;
import dev.slipway.event.RollbackWish;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.HostChoice;
import dev.slipway.rollout.Pace;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.strategy.StrategyReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Deployments: rollouts, and documents with what these do not say. */
final class StoredDeployments implements Deployments {

  /** Longer than anybody takes between keeping what a rollout does not say and creating it. */
  private static final Duration LONGEST_START = Duration.ofDays(1);

  private final DomainParts parts;
  private final RequestChecks checks;
  private final StoredRevisions revisions;
  private final DeploymentViews views;
  private final TargetRevisions targets;
  private final ActiveRollouts active;
  private final Function<RolloutSpec, IdentifiedPlan> planner;
  private final StopOrder stop;

  StoredDeployments(
      DomainParts parts,
      RequestChecks checks,
      StoredRevisions revisions,
      DeploymentViews views,
      TargetRevisions targets,
      ActiveRollouts active,
      Function<RolloutSpec, IdentifiedPlan> planner,
      StopOrder stop) {
    this.parts = parts;
    this.checks = checks;
    this.revisions = revisions;
    this.views = views;
    this.targets = targets;
    this.active = active;
    this.planner = planner;
    this.stop = stop;
  }

  /** Asks a rollout to stop. */
  @FunctionalInterface
  interface StopOrder {
    void stop(DeploymentId id, RollbackWish rollback, String reason);
  }

  @Override
  public DeploymentId create(DeploymentRequest request) {
    CheckedRequest checked = checks.check(request);
    RevisionId content = parts.revisions().identify(checked.revision());
    IdentifiedPlan plan = planner.apply(spec(checked, content));
    Kept kept = keep(checked, plan.deployment(), content);
    try {
      return plan.start().id();
    } catch (RequestException e) {
      forgetUnlessCreated(kept, e);
      throw active
          .of(checked.group().rollouts())
          .<DeployException>map(header -> RequestChecks.alreadyActive(checked.group(), header))
          .orElse(e);
    } catch (RuntimeException e) {
      forgetUnlessCreated(kept, e);
      throw e;
    }
  }

  private RolloutSpec spec(CheckedRequest checked, RevisionId content) {
    RolloutName names = checked.group().rollouts();
    int hosts = parts.quotas().limit(Quota.HOSTS_PER_DEPLOYMENT);
    return new RolloutSpec(
        names.application(),
        names.group(),
        checked.revision(),
        new HostChoice(checked.hosts(content), HostOrder.SPREAD),
        new Pace(
            checked.config(),
            Batching.WAVE,
            StrategyReference.AS_MANY_AS_MAY,
            hosts == 0 ? RolloutLimits.NONE : RolloutLimits.NONE.withMaxHosts(hosts)),
        checked.options(),
        checked.guards(),
        checked.traffic());
  }

  /** What was kept for a deployment, and what was before. */
  private record Kept(
      DeploymentId deployment, StoredRevision revision, Optional<StoredRevision> before) {}

  /** Comes before the rollout, so that no deployment is ever without. */
  private Kept keep(CheckedRequest checked, DeploymentId deployment, RevisionId content) {
    return parts
        .ledger()
        .change(
            changes -> {
              checkStillThere(changes, checked);
              sweep(changes);
              changes.put(Kind.DEPLOYMENT, deployment.value(), checked.kept(parts.now()));
              String key = StoredRevision.key(checked.application().id(), checked.location());
              Optional<StoredRevision> before = changes.find(Kind.REVISION, key);
              StoredRevision used =
                  revisions.used(
                      changes, checked.application(), checked.location(), deployment, content);
              changes.put(Kind.REVISION, key, used);
              return new Kept(deployment, used, before);
            });
  }

  /** Removes what was kept for rollouts that are not any more, or that never came to be. */
  private void sweep(Changes changes) {
    Instant longAgo = parts.now().minus(LONGEST_START);
    for (Document document : changes.documentsOf(Kind.DEPLOYMENT, "")) {
      changes
          .find(Kind.DEPLOYMENT, document.key())
          .filter(kept -> kept.keptAt().isBefore(longAgo))
          .filter(kept -> views.header(new DeploymentId(document.key())).isEmpty())
          .filter(kept -> !targets.isLastSwitch(kept, new DeploymentId(document.key())))
          .ifPresent(kept -> changes.remove(Kind.DEPLOYMENT, document.key()));
    }
  }

  private void checkStillThere(Records records, CheckedRequest checked) {
    StoredApplication application = parts.application(records, checked.request().application());
    StoredGroup unused = parts.group(records, application, checked.request().deploymentGroup());
  }

  /**
   * A store that fails may have created the rollout nevertheless, which needs what was kept. Where
   * that cannot be known, it stays for the sweep.
   */
  private void forgetUnlessCreated(Kept kept, RuntimeException failure) {
    try {
      if (views.header(kept.deployment()).isEmpty()) {
        forget(kept);
      }
    } catch (StoreException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /** No rollout came of it: nothing of it stays. */
  private void forget(Kept kept) {
    Kept unused =
        parts
            .ledger()
            .change(
                changes -> {
                  changes.remove(Kind.DEPLOYMENT, kept.deployment().value());
                  String key = kept.revision().key();
                  if (changes
                      .find(Kind.REVISION, key)
                      .filter(kept.revision()::equals)
                      .isPresent()) {
                    kept.before()
                        .ifPresentOrElse(
                            before -> changes.put(Kind.REVISION, key, before),
                            () -> changes.remove(Kind.REVISION, key));
                  }
                  return kept;
                });
  }

  @Override
  public DeploymentInfo get(String id) {
    return views.whole(header(id));
  }

  private RolloutHeader header(String id) {
    return views
        .header(checked(id))
        .filter(header -> !views.isDeleted(header))
        .orElseThrow(
            () ->
                new DomainException(
                    DomainError.DEPLOYMENT_DOES_NOT_EXIST, "there is no deployment " + id));
  }

  private static DeploymentId checked(String id) {
    if (id.isEmpty()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_ID_REQUIRED, "the id of the deployment is missing");
    }
    try {
      return new DeploymentId(id);
    } catch (IllegalArgumentException e) {
      throw new DomainException(
          DomainError.INVALID_DEPLOYMENT_ID,
          "a deployment id is d- and nine upper-case letters or digits, but was '" + id + "'");
    }
  }

  @Override
  public List<DeploymentInfo> get(List<String> ids) {
    if (ids.isEmpty()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_ID_REQUIRED, "the ids of the deployments are missing");
    }
    parts.checkBatch(Quota.RECORDS_PER_READ, ids.size());
    return ids.stream()
        .map(StoredDeployments::checked)
        .flatMap(id -> views.header(id).stream())
        .filter(header -> !views.isDeleted(header))
        .map(views::whole)
        .toList();
  }

  @Override
  public Page<DeploymentId> list(DeploymentQuery query, @Nullable String nextToken) {
    Predicate<RolloutHeader> ofGroup = ofGroup(query);
    Instant from = query.createdFrom();
    Instant to = query.createdTo();
    if (from != null && to != null && from.isAfter(to)) {
      throw new DomainException(
          DomainError.INVALID_TIME_RANGE, "the range begins at " + from + ", after its end " + to);
    }
    Comparator<String> newestFirst = Comparator.reverseOrder();
    Function<RolloutHeader, String> place =
        header -> Paging.sortable(header.createdAt()) + " " + header.id();
    List<RolloutHeader> found =
        views.headers().stream()
            .filter(ofGroup)
            .filter(header -> from == null || !header.createdAt().isBefore(from))
            .filter(header -> to == null || !header.createdAt().isAfter(to))
            .filter(header -> !views.isDeleted(header))
            .filter(
                header ->
                    query.statuses().isEmpty() || query.statuses().contains(views.status(header)))
            .sorted(Comparator.comparing(place, newestFirst))
            .toList();
    String list =
        "deployments "
            + query.application()
            + " "
            + query.deploymentGroup()
            + " "
            + new TreeSet<>(query.statuses())
            + " "
            + from
            + " "
            + to;
    return Paging.map(
        Paging.ofSorted(found, newestFirst, list, nextToken, place), RolloutHeader::id);
  }

  private Predicate<RolloutHeader> ofGroup(DeploymentQuery query) {
    String application = query.application();
    String group = query.deploymentGroup();
    if (application == null) {
      if (group != null) {
        throw new DomainException(
            DomainError.APPLICATION_NAME_REQUIRED,
            "deployment group '" + group + "' needs its application");
      }
      return header -> true;
    }
    StoredApplication of = parts.application(parts.ledger(), application);
    RolloutName names =
        parts.group(parts.ledger(), of, Objects.requireNonNullElse(group, "")).rollouts();
    return header ->
        header.application().equals(names.application())
            && header.deploymentGroup().equals(names.group());
  }

  @Override
  public StopStatus stop(String id, @Nullable Boolean autoRollback) {
    RolloutHeader header = header(id);
    DeploymentStatus status = views.status(header);
    if (status == DeploymentStatus.STOPPED) {
      return StopStatus.SUCCEEDED;
    }
    RolloutHandle rollout = views.handle(header);
    if (rollout.isTerminationBegun() && !rollout.isTerminationAwaited() && !status.isTerminal()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_ALREADY_COMPLETED,
          "deployment " + id + " has switched traffic for good, and ends its original hosts");
    }
    if (status.isTerminal()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_ALREADY_COMPLETED,
          "deployment " + id + " is over: " + status.wireName());
    }
    RollbackWish wish =
        autoRollback == null
            ? RollbackWish.AS_CONFIGURED
            : autoRollback ? RollbackWish.ALWAYS : RollbackWish.NEVER;
    stop.stop(header.id(), wish, "");
    return StopStatus.PENDING;
  }

  @Override
  public List<DeploymentTarget> targets(String id) {
    RolloutHandle rollout = views.handle(header(id));
    if (rollout.status() == DeploymentStatus.CREATED) {
      throw new DomainException(
          DomainError.DEPLOYMENT_NOT_STARTED, "deployment " + id + " has not begun");
    }
    return rollout.targets();
  }

  @Override
  public DeploymentTarget target(String id, String host) {
    if (host.isEmpty()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_TARGET_ID_REQUIRED, "the name of the host is missing");
    }
    return targets(id).stream()
        .filter(target -> target.host().value().equals(host))
        .findFirst()
        .orElseThrow(
            () ->
                new DomainException(
                    DomainError.DEPLOYMENT_TARGET_DOES_NOT_EXIST,
                    "deployment " + id + " has no host '" + host + "'"));
  }

  @Override
  public void continueDeployment(String id, WaitType wait) {
    RolloutHandle rollout = views.handle(header(id));
    DeploymentStatus status = rollout.status();
    if (!rollout.isBlueGreen()) {
      throw new DomainException(
          DomainError.UNSUPPORTED_ACTION_FOR_DEPLOYMENT_TYPE,
          "deployment " + id + " is one in place, which waits for nobody");
    }
    if (status.isTerminal()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_ALREADY_COMPLETED,
          "deployment " + id + " is over: " + status.wireName());
    }
    boolean waits =
        switch (wait) {
          case READY_WAIT -> status == DeploymentStatus.READY;
          case TERMINATION_WAIT -> rollout.isTerminationAwaited();
        };
    if (!waits) {
      throw new DomainException(
          DomainError.DEPLOYMENT_IS_NOT_IN_READY_STATE,
          "deployment " + id + " is " + status.wireName() + " and not in a " + wait);
    }
    boolean unused =
        rollout.request(
            wait == WaitType.READY_WAIT
                ? RolloutRequest.switchTraffic("")
                : RolloutRequest.terminateOriginals(""));
  }
}
