package dev.slipway.engine.domain;

import dev.slipway.deployment.ErrorCode;
import dev.slipway.domain.Application;
import dev.slipway.domain.Applications;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.spi.store.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applications as documents. */
final class StoredApplications implements Applications {

  private final DomainParts parts;
  private final GroupRemoval removal;

  StoredApplications(DomainParts parts, GroupRemoval removal) {
    this.parts = parts;
    this.removal = removal;
  }

  @Override
  public Application create(String name) {
    Names.checkApplication(name);
    String id = parts.newId();
    return parts.ledger().change(changes -> create(changes, name, id)).shown();
  }

  private StoredApplication create(Changes changes, String name, String id) {
    checkFree(changes, name);
    parts.checkQuota(
        Quota.APPLICATIONS,
        changes.documentsOf(Kind.APPLICATION, "").size() + 1,
        DomainError.APPLICATION_LIMIT_EXCEEDED,
        "applications");
    String rolloutName = RolloutName.free(changes, "", name, id);
    StoredApplication created = new StoredApplication(id, name, parts.now(), rolloutName);
    changes.put(Kind.APPLICATION, name, created);
    changes.put(Kind.ROLLOUT_NAME, rolloutName, new RolloutName.Use(name));
    return created;
  }

  private static void checkFree(Records records, String name) {
    if (records.find(Kind.APPLICATION, name).isPresent()) {
      throw new DomainException(
          DomainError.APPLICATION_ALREADY_EXISTS, "there is an application '" + name + "' already");
    }
  }

  @Override
  public Application get(String name) {
    return parts.application(parts.ledger(), name).shown();
  }

  @Override
  public List<Application> get(List<String> names) {
    parts.checkBatch(Quota.NAMES_PER_READ, names.size());
    names.forEach(Names::checkApplication);
    return names.stream()
        .flatMap(name -> parts.ledger().find(Kind.APPLICATION, name).stream())
        .map(StoredApplication::shown)
        .toList();
  }

  @Override
  public Page<String> list(@Nullable String nextToken) {
    return Paging.map(
        Paging.ofDocuments(
            parts.ledger(),
            Kind.APPLICATION,
            "",
            "applications",
            nextToken,
            StoredApplication::name),
        StoredApplication::name);
  }

  @Override
  public Application rename(String name, String newName) {
    Names.checkApplication(name);
    Names.checkApplication(newName);
    return parts
        .ledger()
        .change(
            changes -> {
              StoredApplication application = parts.application(changes, name);
              if (name.equals(newName)) {
                return application;
              }
              checkFree(changes, newName);
              StoredApplication renamed = application.named(newName);
              changes.remove(Kind.APPLICATION, name);
              changes.put(Kind.APPLICATION, newName, renamed);
              changes.put(
                  Kind.ROLLOUT_NAME, application.rolloutName(), new RolloutName.Use(newName));
              return renamed;
            })
        .shown();
  }

  @Override
  public void delete(String name) {
    Names.checkApplication(name);
    List<StoredGroup> deleted =
        parts
            .ledger()
            .change(
                changes ->
                    changes
                        .find(Kind.APPLICATION, name)
                        .map(application -> delete(changes, application))
                        .orElse(List.of()));
    deleted.forEach(group -> removal.endActive(group, ErrorCode.APPLICATION_MISSING));
  }

  private static List<StoredGroup> delete(Changes changes, StoredApplication application) {
    List<StoredGroup> groups = changes.all(Kind.GROUP, StoredGroup.prefix(application.id()));
    changes.remove(Kind.APPLICATION, application.name());
    changes.removeAll(Kind.GROUP, StoredGroup.prefix(application.id()));
    changes.removeAll(Kind.REVISION, StoredRevision.prefix(application.id()));
    changes.removeAll(Kind.ROLLOUT_NAME, RolloutName.key(application.rolloutName(), ""));
    changes.put(Kind.ROLLOUT_NAME, application.rolloutName(), RolloutName.Use.DELETED);
    for (Document document : changes.documentsOf(Kind.DEPLOYMENT, "")) {
      changes
          .find(Kind.DEPLOYMENT, document.key())
          .filter(deployment -> deployment.applicationId().equals(application.id()))
          .ifPresent(deployment -> changes.remove(Kind.DEPLOYMENT, document.key()));
    }
    return groups;
  }
}
