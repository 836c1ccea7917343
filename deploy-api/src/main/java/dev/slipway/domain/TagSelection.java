package dev.slipway.domain;

import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import java.util.List;

/**
 * Which hosts belong to a deployment group: filters of which any is enough, or a set of filter
 * groups, OR inside a group and AND across groups; never both.
 *
 * @param filters the filters; may be empty
 * @param set the filter groups, at most 3 of at most 10; may be empty
 * @see <a href=
 *     "https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-tagging.html">Tagging
 *     instances</a>
 */
public record TagSelection(List<TagFilter> filters, List<List<TagFilter>> set) {

  /** Selects nobody. */
  public static final TagSelection NONE = new TagSelection(List.of(), List.of());

  /** Copies the lists in. */
  public TagSelection {
    filters = List.copyOf(filters);
    set = set.stream().map(List::copyOf).toList();
  }

  /** Selects hosts that fulfil any of the filters. */
  public static TagSelection anyOf(TagFilter... filters) {
    return new TagSelection(List.of(filters), List.of());
  }

  /** Selects hosts that fulfil a filter of each group. */
  public static TagSelection allOf(List<List<TagFilter>> groups) {
    return new TagSelection(List.of(), groups);
  }

  /** Returns whether it selects nobody. */
  public boolean selectsNobody() {
    return filters.isEmpty() && set.isEmpty();
  }

  /** Returns the same as one selector. */
  public HostSelector selector() {
    return new HostSelector(filters.isEmpty() ? set : List.of(filters));
  }
}
