package dev.slipway.engine.planning;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.rollout.RollbackPreview;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan of this engine. */
final class EnginePlan implements IdentifiedPlan {

  private final Draft draft;
  private final RolloutStarter starter;
  private volatile boolean isReady;

  EnginePlan(Draft draft, RolloutStarter starter) {
    this.draft = draft;
    this.starter = starter;
  }

  @Override
  public DeploymentId deployment() {
    return draft.record().definition().deployment();
  }

  @Override
  public String digest() {
    return draft.digest();
  }

  @Override
  public RolloutSpec spec() {
    return draft.spec();
  }

  @Override
  public List<Host> hosts() {
    return draft.record().hosts();
  }

  @Override
  public int minimumHealthy() {
    return draft.plan().minimumHealthy();
  }

  @Override
  public int failureBudget() {
    return draft.plan().failureBudget();
  }

  @Override
  public List<List<HostId>> waves() {
    return draft.plan().waves();
  }

  @Override
  public Map<String, List<String>> scripts() {
    return draft.contents().scripts();
  }

  @Override
  public List<String> warnings() {
    return draft.contents().warnings();
  }

  @Override
  public RollbackPreview rollback() {
    RollbackPolicy policy = draft.record().definition().rollback();
    return new RollbackPreview(
        policy.events(),
        policy.revision(),
        draft.plan().minimumHealthy(),
        draft.spec().options().rollback().scope(),
        draft.wavesBack(),
        policy.forbidden());
  }

  @Override
  public Optional<ErrorInformation> error() {
    return Optional.ofNullable(draft.plan().error());
  }

  @Override
  public PreflightReport preflight() {
    PreflightReport report = starter.preflight(draft);
    isReady = report.isReady();
    return report;
  }

  @Override
  public Rollout start() {
    return startBy(starter);
  }

  /** Starts it where another deployer keeps its rollouts. */
  Rollout startBy(RolloutStarter other) {
    return other.start(draft, deployment().value(), isReady);
  }

  /** Returns what is kept of it until its turn comes where another deployer keeps rollouts. */
  RolloutRecord preparedBy(RolloutStarter other) {
    return other.prepared(draft, isReady);
  }

  @Override
  public Rollout start(String clientToken) {
    return starter.start(draft, clientToken, isReady);
  }

  @Override
  public Rollout startCurrent() {
    return starter.startCurrent(draft.spec());
  }

  @Override
  public String toString() {
    return "plan of "
        + draft.spec().application()
        + "/"
        + draft.spec().deploymentGroup()
        + " for "
        + hosts().size()
        + " hosts";
  }
}
