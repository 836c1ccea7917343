package dev.slipway.examples.cli.file;

import dev.slipway.examples.cli.file.RolloutFile.HostsPart;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code hosts}: the inventory and the tag filters of CodeDeploy. */
final class HostsSetting {

  private static final HostSelector EVERY_HOST =
      HostSelector.anyOf(TagFilter.keyOnly(OnPremInventory.NAME_TAG));

  private HostsSetting() {}

  static HostsPart read(Path directory, Setting hosts) {
    Section section = hosts.section().allow("inventory", "tags", "order");
    Setting inventory = section.require("inventory", "name an inventory file, such as hosts.yml");
    return new HostsPart(
        directory.resolve(inventory.text()).normalize(),
        section.find("tags").map(HostsSetting::selector).orElse(EVERY_HOST),
        section.find("order").map(HostsSetting::order).orElse(HostOrder.SPREAD),
        inventory);
  }

  /** A word, a list of the hosts that come first, or {@code {risk: TAG}}. */
  private static HostOrder order(Setting order) {
    if (order.isSection()) {
      Section section = order.section().allow("risk");
      return HostOrder.byRisk(section.require("risk", "name the tag that has a number").text());
    }
    if (!order.isList()) {
      return order.oneOf(
          List.of(HostOrder.SPREAD, HostOrder.BY_NAME, HostOrder.ACROSS_ZONES),
          o -> o.kind().name());
    }
    List<HostId> first = order.items().stream().map(HostsSetting::host).toList();
    if (first.isEmpty()) {
      throw order.wrong("must name at least one host, or be SPREAD, BY_NAME or ACROSS_ZONES");
    }
    return HostOrder.explicit(first);
  }

  private static HostId host(Setting host) {
    if (host.text().isBlank()) {
      throw host.wrong("must be the name of a host, but is blank");
    }
    return new HostId(host.text());
  }

  /** A flat list is one group; a list of lists is a group each. */
  static HostSelector selector(Setting tags) {
    List<Setting> items = tags.items();
    if (items.isEmpty()) {
      throw tags.wrong("must name at least one filter; leave the key out to mean every host");
    }
    if (!items.get(0).isList()) {
      return HostSelector.anyOf(group(tags));
    }
    HostSelector selector = HostSelector.none();
    for (Setting item : items) {
      selector = selector.and(group(item));
    }
    return selector;
  }

  private static TagFilter[] group(Setting group) {
    List<Setting> filters = group.items();
    if (filters.isEmpty()) {
      throw group.wrong("must not be an empty group; add a filter such as {key: role, value: web}");
    }
    return filters.stream().map(HostsSetting::filter).toArray(TagFilter[]::new);
  }

  private static TagFilter filter(Setting filter) {
    Section section = filter.section().allow("key", "value", "type");
    Optional<String> key = section.find("key").map(Setting::text);
    Optional<String> value = section.find("value").map(Setting::textOrEmpty);
    if (key.isEmpty() && value.isEmpty()) {
      throw filter.wrong("must have a \"key\", a \"value\" or both");
    }
    section.find("type").ifPresent(type -> checkType(type, key.isPresent(), value.isPresent()));
    return new TagFilter(key.orElse(null), value.orElse(null));
  }

  private static void checkType(Setting type, boolean key, boolean value) {
    FilterType fits =
        key && value ? FilterType.KEY_AND_VALUE : key ? FilterType.KEY_ONLY : FilterType.VALUE_ONLY;
    FilterType given = type.oneOf(FilterType.class);
    if (given != fits) {
      throw type.wrong(
          "is " + given + ", but what the filter has makes it " + fits + "; correct one of them");
    }
  }

  /** CodeDeploy's names for what a filter compares. */
  private enum FilterType {
    KEY_ONLY,
    VALUE_ONLY,
    KEY_AND_VALUE
  }
}
