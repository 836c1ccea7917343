package dev.slipway.engine.domain;

import dev.slipway.domain.TagSelection;
import dev.slipway.engine.core.HostBook;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An inventory in which a deployment group can be selected as such: by a tag that no host has.
 * Thread-safe as far as the other inventory is.
 */
final class GroupInventory implements Inventory {

  private static final String GROUP = "slipway:deployment-group";
  private static final String WITHOUT = "slipway:without-revision";
  private static final String TARGETS = "slipway:target-instances";

  private final Inventory hosts;
  private final GroupMembers members;
  private final TargetRevisions targets;

  GroupInventory(Inventory hosts, GroupMembers members, TargetRevisions targets) {
    this.hosts = hosts;
    this.members = members;
    this.targets = targets;
  }

  /** Selects all hosts of a group. */
  static HostSelector of(RolloutName group) {
    return HostSelector.none().tag(GROUP, group.key());
  }

  /** Selects the hosts of a group that do not run a revision for certain. */
  static HostSelector without(RolloutName group, RevisionId revision) {
    return of(group).tag(WITHOUT, revision.sha256());
  }

  /** Selects the replacement hosts of a blue/green deployment, registered ones too. */
  static HostSelector targets(TagSelection selection) {
    List<List<TagFilter>> groups = new ArrayList<>();
    groups.add(List.of(TagFilter.of(TARGETS, TARGETS)));
    groups.addAll(selection.selector().tagGroups());
    return new HostSelector(groups);
  }

  @Override
  public List<Host> snapshot(HostSelector selector) {
    if (value(selector, 0, TARGETS).isPresent()) {
      List<List<TagFilter>> groups = selector.tagGroups();
      return members.selected(new HostSelector(groups.subList(1, groups.size())));
    }
    Optional<String> group = value(selector, 0, GROUP);
    if (group.isEmpty()) {
      return hosts.snapshot(selector);
    }
    StoredGroup found =
        members
            .records()
            .find(Kind.ROLLOUT_NAME, group.get())
            .flatMap(use -> members.records().find(Kind.GROUP, use.holder()))
            .orElseThrow(
                () ->
                    new RequestException(
                        "deployment group " + group.get() + " has been deleted meanwhile"));
    List<Host> all = members.of(found);
    return value(selector, 1, WITHOUT)
        .map(revision -> without(all, found.rollouts(), new RevisionId(revision)))
        .orElse(all);
  }

  private List<Host> without(List<Host> all, RolloutName names, RevisionId revision) {
    Set<HostId> current =
        targets.book(names).hosts().stream()
            .filter(book -> revision.equals(book.installed()) && !book.doubtful())
            .map(HostBook::host)
            .collect(Collectors.toSet());
    return all.stream().filter(host -> !current.contains(host.id())).toList();
  }

  private static Optional<String> value(HostSelector selector, int group, String key) {
    return selector.tagGroups().stream()
        .skip(group)
        .limit(1)
        .filter(filters -> filters.size() == 1 && key.equals(filters.get(0).key()))
        .flatMap(filters -> Optional.ofNullable(filters.get(0).value()).stream())
        .findFirst();
  }
}
