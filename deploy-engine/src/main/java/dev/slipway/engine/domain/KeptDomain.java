package dev.slipway.engine.domain;

import dev.slipway.domain.Applications;
import dev.slipway.domain.DeploymentConfigCatalog;
import dev.slipway.domain.DeploymentGroups;
import dev.slipway.domain.Deployments;
import dev.slipway.domain.Domain;
import dev.slipway.domain.DriftReport;
import dev.slipway.domain.OnPremisesInstances;
import dev.slipway.domain.Revisions;
import dev.slipway.engine.planning.EngineDeployer;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.spi.inventory.Inventory;

/**
 * Everything that is kept, put together.
 *
 * @param applications the applications
 * @param revisions the revisions
 * @param deploymentConfigs the configs
 * @param deploymentGroups the groups
 * @param onPremisesInstances the instances
 * @param deployments the deployments
 * @param reports what hosts run
 */
record KeptDomain(
    Applications applications,
    Revisions revisions,
    DeploymentConfigCatalog deploymentConfigs,
    DeploymentGroups deploymentGroups,
    OnPremisesInstances onPremisesInstances,
    Deployments deployments,
    DriftReports reports)
    implements Domain {

  static KeptDomain of(DomainParts parts, Inventory hosts, EngineDeployer engine) {
    TargetRevisions targets = new TargetRevisions(parts.ledger(), parts.books());
    SwitchedHosts switched = new SwitchedHosts(parts.ledger(), targets);
    GroupMembers members = new GroupMembers(parts.ledger(), hosts, switched);
    ActiveRollouts active = new ActiveRollouts(parts.store());
    GroupRules rules = new GroupRules(parts.quotas(), parts.triggerTargets());
    DeploymentViews views = new DeploymentViews(parts, targets, engine::attach);
    StoredDeployments.StopOrder stop =
        (id, rollback, reason) -> engine.attach(id).request(RolloutRequest.stop(reason), rollback);
    GroupRemoval removal =
        new GroupRemoval(active, (id, missing) -> engine.attach(id).abandon(missing));
    StoredRevisions revisions = new StoredRevisions(parts, targets);
    return new KeptDomain(
        new StoredApplications(parts, removal),
        revisions,
        new StoredConfigs(parts),
        new StoredGroups(parts, rules, removal, new GroupViews(targets, switched, views)),
        new StoredInstances(parts),
        new StoredDeployments(
            parts,
            new RequestChecks(parts, rules, targets, active, members),
            revisions,
            views,
            targets,
            active,
            engine::plan,
            stop),
        new DriftReports(parts, targets, members));
  }

  @Override
  public DriftReport drift(String application, String deploymentGroup) {
    return reports.of(application, deploymentGroup);
  }
}
