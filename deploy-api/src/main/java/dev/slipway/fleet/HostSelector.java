package dev.slipway.fleet;

import java.util.ArrayList;
import java.util.List;

/**
 * Which hosts of an inventory belong to a deployment group: tag groups, OR inside a group and AND
 * across groups, as CodeDeploy's tag sets.
 *
 * @param tagGroups the groups; none selects nobody, and a group is never empty
 */
public record HostSelector(List<List<TagFilter>> tagGroups) {

  /** Copies the lists in and refuses an empty group. */
  public HostSelector {
    tagGroups = tagGroups.stream().map(List::copyOf).toList();
    if (tagGroups.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a tag group needs at least one filter");
    }
  }

  /** Returns a selector without a group: add to it with {@link #and}. */
  public static HostSelector none() {
    return new HostSelector(List.of());
  }

  /** Returns a selector for hosts that fulfil any of the filters. */
  public static HostSelector anyOf(TagFilter... filters) {
    return new HostSelector(List.of(List.of(filters)));
  }

  /** Returns this selector with one more group, of which any filter is enough. */
  public HostSelector and(TagFilter... filters) {
    List<List<TagFilter>> groups = new ArrayList<>(tagGroups);
    groups.add(List.of(filters));
    return new HostSelector(groups);
  }

  /** Returns this selector with the condition that the tag {@code key} is {@code value}. */
  public HostSelector tag(String key, String value) {
    return and(TagFilter.of(key, value));
  }

  /** Returns whether the host belongs to the group. */
  public boolean matches(Host host) {
    return !tagGroups.isEmpty()
        && tagGroups.stream()
            .allMatch(group -> group.stream().anyMatch(filter -> filter.matches(host.tags())));
  }
}
