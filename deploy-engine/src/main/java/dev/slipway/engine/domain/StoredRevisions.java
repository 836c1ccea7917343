package dev.slipway.engine.domain;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.domain.RegisteredRevision;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.RevisionQuery;
import dev.slipway.domain.Revisions;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.revision.RevisionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Revisions as documents. */
final class StoredRevisions implements Revisions {

  private static final String BY_ITSELF = "Application revision registered via Slipway";

  private final DomainParts parts;
  private final TargetRevisions targets;

  StoredRevisions(DomainParts parts, TargetRevisions targets) {
    this.parts = parts;
    this.targets = targets;
  }

  @Override
  public void register(
      String application, RevisionLocation location, @Nullable String description) {
    Names.checkApplication(application);
    StoredRevision unused =
        parts.ledger().change(changes -> register(changes, application, location, description));
  }

  private StoredRevision register(
      Changes changes,
      String application,
      RevisionLocation location,
      @Nullable String description) {
    String id = parts.application(changes, application).id();
    RevisionRules.check(location);
    String text = Objects.requireNonNullElse(description, BY_ITSELF);
    StoredRevision registered =
        changes
            .find(Kind.REVISION, StoredRevision.key(id, location))
            .map(before -> before.described(text))
            .orElseGet(() -> new StoredRevision(id, location, text, parts.now(), null, null, null));
    changes.put(Kind.REVISION, registered.key(), registered);
    return registered;
  }

  /** Returns a revision as it is once a deployment uses it; one that is not registered will be. */
  StoredRevision used(
      Records records,
      StoredApplication application,
      RevisionLocation location,
      DeploymentId deployment,
      RevisionId content) {
    return records
        .find(Kind.REVISION, StoredRevision.key(application.id(), location))
        .orElseGet(
            () ->
                new StoredRevision(
                    application.id(),
                    location,
                    "Application revision registered by Deployment ID: " + deployment,
                    parts.now(),
                    null,
                    null,
                    null))
        .used(parts.now(), content);
  }

  @Override
  public RegisteredRevision get(String application, RevisionLocation location) {
    StoredApplication of = parts.application(parts.ledger(), application);
    RevisionRules.check(location);
    return find(of, location)
        .orElseThrow(
            () ->
                new DomainException(
                    DomainError.REVISION_DOES_NOT_EXIST,
                    "application '"
                        + application
                        + "' has no revision "
                        + location.inWords()
                        + ": register it"));
  }

  @Override
  public List<RegisteredRevision> get(String application, List<RevisionLocation> locations) {
    StoredApplication of = parts.application(parts.ledger(), application);
    parts.checkBatch(Quota.RECORDS_PER_READ, locations.size());
    if (locations.isEmpty()) {
      throw new DomainException(DomainError.REVISION_REQUIRED, "no revision was named");
    }
    locations.forEach(RevisionRules::check);
    return locations.stream().flatMap(location -> find(of, location).stream()).toList();
  }

  private Optional<RegisteredRevision> find(
      StoredApplication application, RevisionLocation location) {
    Map<String, Set<RevisionId>> deployed = targets.byGroup(application);
    return parts
        .ledger()
        .find(Kind.REVISION, StoredRevision.key(application.id(), location))
        .map(
            stored ->
                new RegisteredRevision(
                    application.name(),
                    stored.location(),
                    stored.description(),
                    stored.registeredAt(),
                    stored.firstUsedAt(),
                    stored.lastUsedAt(),
                    deployed.entrySet().stream()
                        .filter(group -> isTarget(stored, group.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList()));
  }

  @Override
  public Page<RevisionLocation> list(
      String application, RevisionQuery query, @Nullable String nextToken) {
    StoredApplication of = parts.application(parts.ledger(), application);
    if (query.s3KeyPrefix() != null && query.s3Bucket() == null) {
      throw new DomainException(
          DomainError.BUCKET_NAME_FILTER_REQUIRED,
          "the key prefix '" + query.s3KeyPrefix() + "' needs a bucket");
    }
    Comparator<String> order =
        query.ascending() ? Comparator.naturalOrder() : Comparator.reverseOrder();
    Set<RevisionId> deployed =
        targets.byGroup(of).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Function<StoredRevision, String> place = revision -> place(revision, query.sortBy());
    List<StoredRevision> sorted =
        parts.ledger().all(Kind.REVISION, StoredRevision.prefix(of.id())).stream()
            .filter(revision -> inBucket(revision, query))
            .filter(revision -> isWanted(revision, query.deployed(), deployed))
            .sorted(Comparator.comparing(place, order))
            .toList();
    return Paging.map(
        Paging.ofSorted(sorted, order, "revisions " + of.id() + " " + query, nextToken, place),
        StoredRevision::location);
  }

  private static String place(StoredRevision revision, RevisionQuery.SortBy sortBy) {
    Instant time =
        switch (sortBy) {
          case REGISTER_TIME -> revision.registeredAt();
          case FIRST_USED_TIME -> revision.firstUsedAt();
          case LAST_USED_TIME -> revision.lastUsedAt();
        };
    return Paging.sortable(time) + " " + revision.key();
  }

  private static boolean inBucket(StoredRevision revision, RevisionQuery query) {
    String bucket = query.s3Bucket();
    if (bucket == null) {
      return true;
    }
    RevisionLocation.S3 s3 = revision.location().s3();
    return s3 != null
        && s3.bucket().equals(bucket)
        && s3.key().startsWith(Objects.requireNonNullElse(query.s3KeyPrefix(), ""));
  }

  private static boolean isWanted(
      StoredRevision revision, RevisionQuery.Deployed wanted, Set<RevisionId> deployed) {
    return switch (wanted) {
      case INCLUDE -> isTarget(revision, deployed);
      case EXCLUDE -> !isTarget(revision, deployed);
      case IGNORE -> true;
    };
  }

  private static boolean isTarget(StoredRevision revision, Set<RevisionId> targets) {
    RevisionId content = revision.content();
    return content != null && targets.contains(content);
  }
}
