package dev.slipway.engine.domain;

import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.TagSelection;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.fleet.TagFilter;
import java.util.List;
import java.util.Objects;

/** CodeDeploy's rules for tags and for filters on them. */
final class TagRules {

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private TagRules() {}

  static void checkTag(String key, String value, DomainError error) {
    if (key.isEmpty() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
      throw new DomainException(
          error,
          "a tag has a key of 1 to "
              + LONGEST_KEY
              + " and a value of at most "
              + LONGEST_VALUE
              + " characters, but was '"
              + key
              + "' = '"
              + value
              + "'");
    }
  }

  static void checkFilter(TagFilter filter, DomainError error) {
    checkTag(
        Objects.requireNonNullElse(filter.key(), "any"),
        Objects.requireNonNullElse(filter.value(), ""),
        error);
  }

  /**
   * Checks the filters of a group.
   *
   * @param invalid what a filter that cannot be used is called
   * @param combined what filters and a set together are called
   */
  static void checkSelection(
      TagSelection selection, Quotas quotas, DomainError invalid, DomainError combined) {
    if (!selection.filters().isEmpty() && !selection.set().isEmpty()) {
      throw new DomainException(
          combined, "a deployment group has tag filters or a tag set, but not both");
    }
    if (quotas.exceeded(Quota.TAG_FILTERS, selection.filters().size())) {
      throw new DomainException(
          invalid,
          "a deployment group has at most "
              + quotas.limit(Quota.TAG_FILTERS)
              + " tag filters, but was given "
              + selection.filters().size());
    }
    selection.filters().forEach(filter -> checkFilter(filter, invalid));
    if (quotas.exceeded(Quota.TAG_GROUPS, selection.set().size())) {
      throw tooMany(quotas.limit(Quota.TAG_GROUPS) + " tag groups", selection.set().size());
    }
    for (List<TagFilter> group : selection.set()) {
      if (group.isEmpty()) {
        throw new DomainException(invalid, "a tag group needs at least one filter");
      }
      if (quotas.exceeded(Quota.FILTERS_PER_TAG_GROUP, group.size())) {
        throw tooMany(
            quotas.limit(Quota.FILTERS_PER_TAG_GROUP) + " filters in a tag group", group.size());
      }
      group.forEach(filter -> checkFilter(filter, invalid));
    }
  }

  private static DomainException tooMany(String most, int given) {
    return new DomainException(
        DomainError.TAG_SET_LIST_LIMIT_EXCEEDED,
        "a tag set has at most " + most + ", but was given " + given);
  }
}
