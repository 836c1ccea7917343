package dev.slipway.engine.domain;

import dev.slipway.domain.OnPremisesInstance;
import dev.slipway.domain.OnPremisesInstances;
import dev.slipway.domain.Page;
import dev.slipway.domain.Quota;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.fleet.TagFilter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** On-premises instances as documents. */
final class StoredInstances implements OnPremisesInstances {

  private static final Pattern USER_ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:user/[\\w+=,.@/-]+");
  private static final Pattern SESSION_ARN =
      Pattern.compile("arn:aws[a-z-]*:sts::\\d{12}:assumed-role/[\\w+=,.@-]+/[\\w+=,.@-]+");

  private final DomainParts parts;

  StoredInstances(DomainParts parts) {
    this.parts = parts;
  }

  @Override
  public void register(String name, @Nullable String iamUserArn, @Nullable String iamSessionArn) {
    Names.checkInstance(name);
    checkArns(name, iamUserArn, iamSessionArn);
    OnPremisesInstance instance =
        new OnPremisesInstance(name, iamUserArn, iamSessionArn, parts.now(), null, Map.of());
    parts.ledger().change(changes -> register(changes, instance));
  }

  private static void checkArns(String name, @Nullable String user, @Nullable String session) {
    if (user == null && session == null) {
      throw new DomainException(
          DomainError.IAM_ARN_REQUIRED,
          "instance '" + name + "' needs the ARN of an IAM user or of an STS session");
    }
    if (user != null && session != null) {
      throw new DomainException(
          DomainError.MULTIPLE_IAM_ARNS_PROVIDED,
          "instance '" + name + "' has the ARN of a user and of a session: give one of them");
    }
    if (user != null && !USER_ARN.matcher(user).matches()) {
      throw new DomainException(
          DomainError.INVALID_IAM_USER_ARN,
          "the ARN of a user is arn:aws:iam::ACCOUNT:user/NAME, but was '" + user + "'");
    }
    if (session != null && !SESSION_ARN.matcher(session).matches()) {
      throw new DomainException(
          DomainError.INVALID_IAM_SESSION_ARN,
          "the ARN of a session is arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION, but was '"
              + session
              + "'");
    }
  }

  private static OnPremisesInstance register(Changes changes, OnPremisesInstance instance) {
    for (OnPremisesInstance other : changes.all(Kind.INSTANCE, "")) {
      if (other.registered()) {
        checkDifferent(instance, other);
      }
    }
    changes.put(Kind.INSTANCE, instance.name(), instance);
    return instance;
  }

  private static void checkDifferent(OnPremisesInstance instance, OnPremisesInstance other) {
    if (other.name().equals(instance.name())) {
      throw new DomainException(
          DomainError.INSTANCE_NAME_ALREADY_REGISTERED,
          "instance '" + instance.name() + "' is registered already: deregister it first");
    }
    if (instance.iamUserArn() != null && instance.iamUserArn().equals(other.iamUserArn())) {
      throw new DomainException(
          DomainError.IAM_USER_ARN_ALREADY_REGISTERED,
          instance.iamUserArn() + " is registered for instance '" + other.name() + "'");
    }
    if (instance.iamSessionArn() != null
        && instance.iamSessionArn().equals(other.iamSessionArn())) {
      throw new DomainException(
          DomainError.IAM_SESSION_ARN_ALREADY_REGISTERED,
          instance.iamSessionArn() + " is registered for instance '" + other.name() + "'");
    }
  }

  @Override
  public void deregister(String name) {
    Names.checkInstance(name);
    parts
        .ledger()
        .change(
            changes -> {
              Optional<OnPremisesInstance> registered =
                  changes.find(Kind.INSTANCE, name).filter(OnPremisesInstance::registered);
              registered.ifPresent(
                  instance ->
                      changes.put(
                          Kind.INSTANCE,
                          name,
                          new OnPremisesInstance(
                              name,
                              instance.iamUserArn(),
                              instance.iamSessionArn(),
                              instance.registeredAt(),
                              parts.now(),
                              Map.of())));
              return registered;
            });
  }

  @Override
  public OnPremisesInstance get(String name) {
    Names.checkInstance(name);
    return parts.ledger().find(Kind.INSTANCE, name).orElseThrow(() -> unknown(name));
  }

  private static DomainException unknown(String name) {
    return new DomainException(
        DomainError.INSTANCE_NOT_REGISTERED,
        "no on-premises instance '" + name + "' is registered");
  }

  @Override
  public List<OnPremisesInstance> get(List<String> names) {
    checkNames(names);
    parts.checkBatch(Quota.RECORDS_PER_READ, names.size());
    return names.stream()
        .flatMap(name -> parts.ledger().find(Kind.INSTANCE, name).stream())
        .toList();
  }

  @Override
  public Page<String> list(
      @Nullable Boolean registered, List<TagFilter> filters, @Nullable String nextToken) {
    filters.forEach(filter -> TagRules.checkFilter(filter, DomainError.INVALID_TAG));
    List<String> names =
        parts.ledger().all(Kind.INSTANCE, "").stream()
            .filter(instance -> registered == null || registered == instance.registered())
            .filter(
                instance ->
                    filters.isEmpty()
                        || filters.stream().anyMatch(filter -> filter.matches(instance.tags())))
            .map(OnPremisesInstance::name)
            .toList();
    return Paging.ofSorted(
        names,
        Comparator.naturalOrder(),
        "on-premises-instances " + registered + " " + filters,
        nextToken,
        Function.identity());
  }

  @Override
  public void addTags(List<String> names, Map<String, String> tags) {
    changeTags(
        names,
        tags,
        all -> {
          all.putAll(tags);
          return all;
        });
  }

  @Override
  public void removeTags(List<String> names, Map<String, String> tags) {
    changeTags(
        names,
        tags,
        all -> {
          tags.forEach(
              (key, value) ->
                  all.computeIfPresent(
                      key, (k, old) -> value.isEmpty() || value.equals(old) ? null : old));
          return all;
        });
  }

  private void changeTags(
      List<String> names, Map<String, String> tags, UnaryOperator<Map<String, String>> change) {
    checkNames(names);
    if (parts.quotas().exceeded(Quota.INSTANCES_PER_CALL, names.size())) {
      throw new DomainException(
          DomainError.INSTANCE_LIMIT_EXCEEDED,
          "one call changes the tags of at most "
              + parts.quotas().limit(Quota.INSTANCES_PER_CALL)
              + " instances, but named "
              + names.size());
    }
    if (tags.isEmpty()) {
      throw new DomainException(DomainError.TAG_REQUIRED, "no tag was given");
    }
    tags.forEach((key, value) -> TagRules.checkTag(key, value, DomainError.INVALID_TAG));
    parts
        .ledger()
        .change(
            changes -> {
              Set<String> once = new LinkedHashSet<>(names);
              once.forEach(name -> changeTags(changes, name, change));
              return once;
            });
  }

  private void changeTags(Changes changes, String name, UnaryOperator<Map<String, String>> change) {
    OnPremisesInstance instance =
        changes
            .find(Kind.INSTANCE, name)
            .filter(OnPremisesInstance::registered)
            .orElseThrow(() -> unknown(name));
    Map<String, String> tags = change.apply(new HashMap<>(instance.tags()));
    parts.checkQuota(
        Quota.TAGS_PER_INSTANCE,
        tags.size(),
        DomainError.TAG_LIMIT_EXCEEDED,
        "tags of on-premises instance '" + name + "'");
    changes.put(
        Kind.INSTANCE,
        name,
        new OnPremisesInstance(
            name,
            instance.iamUserArn(),
            instance.iamSessionArn(),
            instance.registeredAt(),
            null,
            tags));
  }

  private static void checkNames(List<String> names) {
    if (names.isEmpty()) {
      throw new DomainException(
          DomainError.INSTANCE_NAME_REQUIRED, "no on-premises instance was named");
    }
    names.forEach(Names::checkInstance);
  }
}
