package dev.slipway.engine.domain;

import dev.slipway.deployment.ErrorCode;
import dev.slipway.domain.DeploymentGroup;
import dev.slipway.domain.DeploymentGroups;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployment groups as documents. */
final class StoredGroups implements DeploymentGroups {

  private final DomainParts parts;
  private final GroupRules rules;
  private final GroupRemoval removal;
  private final GroupViews views;

  StoredGroups(DomainParts parts, GroupRules rules, GroupRemoval removal, GroupViews views) {
    this.parts = parts;
    this.rules = rules;
    this.removal = removal;
    this.views = views;
  }

  @Override
  public DeploymentGroup create(String application, String name, GroupSettings settings) {
    Names.checkApplication(application);
    String id = parts.newId();
    return shown(
        parts.ledger().change(changes -> create(changes, application, name, settings, id)));
  }

  private Named create(
      Changes changes, String applicationName, String name, GroupSettings settings, String id) {
    StoredApplication application = parts.application(changes, applicationName);
    Names.checkGroup(name);
    checkFree(changes, application, name);
    parts.checkQuota(
        Quota.DEPLOYMENT_GROUPS,
        changes.documentsOf(Kind.GROUP, StoredGroup.prefix(application.id())).size() + 1,
        DomainError.DEPLOYMENT_GROUP_LIMIT_EXCEEDED,
        "deployment groups in application '" + applicationName + "'");
    GroupSettings full = GroupRules.merged(GroupRules.DEFAULT, settings);
    rules.check(changes, full);
    rules.checkTargets(settings.triggers());
    String prefix = RolloutName.key(application.rolloutName(), "");
    RolloutName rollouts =
        new RolloutName(application.rolloutName(), RolloutName.free(changes, prefix, name, id));
    StoredGroup group =
        new StoredGroup(application.id(), name, rollouts, GroupRules.DEFAULT, Map.of(), null)
            .with(full, parts.now())
            .selected(parts.now());
    changes.put(Kind.GROUP, group.key(), group);
    changes.put(Kind.ROLLOUT_NAME, rollouts.key(), new RolloutName.Use(group.key()));
    return new Named(application, group);
  }

  private static void checkFree(Records records, StoredApplication application, String name) {
    if (records.find(Kind.GROUP, StoredGroup.key(application.id(), name)).isPresent()) {
      throw new DomainException(
          DomainError.DEPLOYMENT_GROUP_ALREADY_EXISTS,
          "application '" + application.name() + "' has a deployment group '" + name + "' already");
    }
  }

  private DeploymentGroup shown(Named named) {
    return views.of(named.application, named.group);
  }

  @Override
  public DeploymentGroup get(String application, String name) {
    StoredApplication of = parts.application(parts.ledger(), application);
    return views.of(of, parts.group(parts.ledger(), of, name));
  }

  @Override
  public List<DeploymentGroup> get(String application, List<String> names) {
    StoredApplication of = parts.application(parts.ledger(), application);
    parts.checkBatch(Quota.NAMES_PER_READ, names.size());
    names.forEach(Names::checkGroup);
    return names.stream()
        .flatMap(name -> parts.ledger().find(Kind.GROUP, StoredGroup.key(of.id(), name)).stream())
        .map(group -> views.of(of, group))
        .toList();
  }

  @Override
  public Page<String> list(String application, @Nullable String nextToken) {
    StoredApplication of = parts.application(parts.ledger(), application);
    return Paging.map(
        Paging.ofDocuments(
            parts.ledger(),
            Kind.GROUP,
            StoredGroup.prefix(of.id()),
            "deployment-groups " + of.id(),
            nextToken,
            StoredGroup::name),
        StoredGroup::name);
  }

  @Override
  public DeploymentGroup update(String application, String name, GroupSettings settings) {
    Names.checkApplication(application);
    return shown(
        parts
            .ledger()
            .change(
                changes -> {
                  StoredApplication of = parts.application(changes, application);
                  StoredGroup group = parts.group(changes, of, name);
                  GroupSettings full = GroupRules.merged(before(group, settings), settings);
                  rules.check(changes, full);
                  rules.checkTargets(settings.triggers());
                  StoredGroup updated = updated(group.with(full, parts.now()), settings);
                  changes.put(Kind.GROUP, group.key(), updated);
                  return new Named(of, updated);
                }));
  }

  /** Whoever says something of its hosts means those that it has now. */
  private GroupSettings before(StoredGroup group, GroupSettings given) {
    return isSelected(given) ? views.settings(group) : group.settings();
  }

  private static boolean isSelected(GroupSettings given) {
    return given.hosts() != null || given.onPremises() != null;
  }

  private StoredGroup updated(StoredGroup group, GroupSettings given) {
    return isSelected(given) ? group.selected(parts.now()) : group;
  }

  @Override
  public DeploymentGroup rename(String application, String name, String newName) {
    Names.checkApplication(application);
    return shown(parts.ledger().change(changes -> rename(changes, application, name, newName)));
  }

  private Named rename(Changes changes, String application, String name, String newName) {
    StoredApplication of = parts.application(changes, application);
    StoredGroup group = parts.group(changes, of, name);
    Names.checkGroup(newName);
    if (name.equals(newName)) {
      return new Named(of, group);
    }
    checkFree(changes, of, newName);
    StoredGroup renamed = group.named(newName);
    changes.remove(Kind.GROUP, group.key());
    changes.put(Kind.GROUP, renamed.key(), renamed);
    changes.put(Kind.ROLLOUT_NAME, group.rollouts().key(), new RolloutName.Use(renamed.key()));
    return new Named(of, renamed);
  }

  @Override
  public void delete(String application, String name) {
    Names.checkApplication(application);
    Names.checkGroup(name);
    Optional<StoredGroup> deleted =
        parts
            .ledger()
            .change(
                changes ->
                    changes
                        .find(Kind.APPLICATION, application)
                        .flatMap(of -> changes.find(Kind.GROUP, StoredGroup.key(of.id(), name)))
                        .map(group -> delete(changes, group)));
    deleted.ifPresent(group -> removal.endActive(group, ErrorCode.DEPLOYMENT_GROUP_MISSING));
  }

  private static StoredGroup delete(Changes changes, StoredGroup group) {
    changes.remove(Kind.GROUP, group.key());
    changes.put(Kind.ROLLOUT_NAME, group.rollouts().key(), RolloutName.Use.DELETED);
    return group;
  }

  /** A group and its application. */
  private record Named(StoredApplication application, StoredGroup group) {}
}
