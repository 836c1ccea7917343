package dev.slipway.domain;

import dev.slipway.fleet.TagFilter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The on-premises instances. */
public interface OnPremisesInstances {

  /**
   * Registers one. A group with fitting tags deploys to it: where the inventory says, if it has a
   * host of that name with a tag, or else at its name.
   *
   * @param name unique among those that are registered
   * @param iamUserArn who it is, or null
   * @param iamSessionArn who it is, or null; exactly one of both is needed
   */
  void register(String name, @Nullable String iamUserArn, @Nullable String iamSessionArn);

  /** Takes one out of future deployments. Its files stay, its tags go. */
  void deregister(String name);

  /** Returns one, registered or not any more. */
  OnPremisesInstance get(String name);

  /** Returns several, at most 25; those that are not known are left out. */
  List<OnPremisesInstance> get(List<String> names);

  /**
   * Returns names in order.
   *
   * @param registered only those that are, or are not any more; null for both
   * @param filters only those that fulfil any of the filters; empty for all
   * @param nextToken of the page before, or null for the first
   */
  Page<String> list(
      @Nullable Boolean registered, List<TagFilter> filters, @Nullable String nextToken);

  /** Gives tags to instances; a key that is there gets the new value. */
  void addTags(List<String> names, Map<String, String> tags);

  /** Takes tags from instances, by key and value; an empty value stands for any. */
  void removeTags(List<String> names, Map<String, String> tags);
}
