package dev.slipway.provider.onprem;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes hosts of an inventory file: defaults, groups, ranges. */
final class InventoryReader {

  private final HostWriter writer;
  private final Map<String, Setting> seen = new LinkedHashMap<>();
  private final List<Read> hosts = new ArrayList<>();

  InventoryReader(Path file) {
    this.writer = new HostWriter(file);
  }

  /**
   * A host, and what stands of it in the file.
   *
   * @param host the host
   * @param attributes where what is said of it stands
   * @param name where its name stands
   */
  record Read(Host host, Attributes attributes, Setting name) {

    /**
     * Returns what to throw when one of its settings is wrong in a way that only a caller knows.
     */
    RequestException wrong(String key, String problem) {
      return attributes
          .find(key)
          .or(() -> Optional.ofNullable(attributes.settings().get(key)))
          .orElse(name)
          .wrong(problem);
    }
  }

  List<Read> read(Setting top) {
    Section all = top.section().allow("defaults", "groups", "hosts");
    Attributes defaults =
        all.find("defaults")
            .map(section -> Attributes.shared(section.section()))
            .orElse(Attributes.NONE);
    all.find("groups")
        .ifPresent(groups -> groups.section().entries().values().forEach(g -> group(defaults, g)));
    all.find("hosts").ifPresent(entries -> entries(defaults, entries));
    if (hosts.isEmpty()) {
      throw top.wrong("lists no host; add at least one under \"hosts\"");
    }
    return List.copyOf(hosts);
  }

  private void group(Attributes defaults, Setting group) {
    Section section = group.section();
    Attributes shared = defaults.with(Attributes.group(section));
    entries(shared, section.require("hosts", "list the hosts of the group"));
  }

  private void entries(Attributes shared, Setting list) {
    list.items().forEach(entry -> entry(shared, entry));
  }

  private void entry(Attributes shared, Setting entry) {
    if (!entry.isSection()) {
      add(shared, entry);
      return;
    }
    Section section = entry.section();
    Attributes own = Attributes.host(section);
    add(shared.with(own), section.require("name", "give every host a name"));
  }

  private void add(Attributes attributes, Setting name) {
    Counter counter = Counter.of(name);
    for (int index = 0; index < counter.size(); index++) {
      Host host = writer.write(attributes, name, counter, index);
      Setting first = seen.putIfAbsent(host.id().value(), name);
      if (first != null) {
        throw name.wrong(
            "names the host \""
                + host.id()
                + "\", but a host in line "
                + first.line()
                + " has that name already; rename one of them");
      }
      hosts.add(new Read(host, attributes, name));
    }
  }
}
