package dev.slipway.examples.cli;

import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import dev.slipway.spi.inventory.Inventory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inventories of the rollout files of a train as one, in which a selector says by a tag that no
 * host has which of them is meant.
 */
final class TrainInventory implements Inventory {

  private static final String FILE = "slipway:rollout-file";

  private final Map<String, Inventory> files = new HashMap<>();

  /** Adds the inventory of a rollout file, and returns what selects its hosts. */
  HostSelector add(RolloutFile file) {
    RolloutFile.HostsPart hosts = file.requiredHosts();
    String key = String.valueOf(files.size());
    files.put(key, Transports.reached(file));
    List<List<TagFilter>> groups = new ArrayList<>();
    groups.add(List.of(TagFilter.of(FILE, key)));
    groups.addAll(hosts.selector().tagGroups());
    return new HostSelector(groups);
  }

  @Override
  public List<Host> snapshot(HostSelector selector) {
    List<List<TagFilter>> groups = selector.tagGroups();
    if (groups.isEmpty() || !FILE.equals(groups.get(0).get(0).key())) {
      return List.of();
    }
    Inventory meant = files.get(String.valueOf(groups.get(0).get(0).value()));
    return meant == null
        ? List.of()
        : meant.snapshot(new HostSelector(groups.subList(1, groups.size())));
  }
}
