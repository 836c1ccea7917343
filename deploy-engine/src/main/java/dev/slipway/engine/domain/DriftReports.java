package dev.slipway.engine.domain;

import dev.slipway.domain.DriftReport;
import dev.slipway.domain.HostDrift;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostBook;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what hosts run with what they should. */
final class DriftReports {

  private final DomainParts parts;
  private final TargetRevisions targets;
  private final GroupMembers members;

  DriftReports(DomainParts parts, TargetRevisions targets, GroupMembers members) {
    this.parts = parts;
    this.targets = targets;
    this.members = members;
  }

  DriftReport of(String application, String group) {
    Names.checkApplication(application);
    Names.checkGroup(group);
    Optional<StoredApplication> kept = parts.ledger().find(Kind.APPLICATION, application);
    Optional<StoredGroup> found =
        kept.flatMap(of -> parts.ledger().find(Kind.GROUP, StoredGroup.key(of.id(), group)));
    RolloutName names =
        found.map(StoredGroup::rollouts).orElseGet(() -> started(application, group));
    GroupBook book = targets.book(names);
    RevisionId target = book.targetRevision();
    return new DriftReport(
        application,
        group,
        target,
        target == null
            ? null
            : targets.location(kept.map(StoredApplication::id).orElse(null), target),
        hosts(book, found.map(members::of).orElse(List.of())));
  }

  /** The names of rollouts that were started without the group being kept. */
  private RolloutName started(String application, String group) {
    RolloutName names = new RolloutName(application, group);
    boolean isKnown =
        parts.ledger().find(Kind.ROLLOUT_NAME, names.key()).isEmpty()
            && parts
                .ledger()
                .find(Kind.ROLLOUT_NAME, application)
                .filter(RolloutName.Use.DELETED::equals)
                .isEmpty()
            && parts.books().read(application, group).isPresent();
    if (!isKnown) {
      StoredApplication of = parts.application(parts.ledger(), application);
      return parts.group(parts.ledger(), of, group).rollouts();
    }
    return names;
  }

  private static List<HostDrift> hosts(GroupBook book, List<Host> members) {
    Map<HostId, HostDrift> hosts = new TreeMap<>();
    Set<HostId> belonging = members.stream().map(Host::id).collect(Collectors.toSet());
    for (HostBook host : book.hosts()) {
      boolean left = !belonging.isEmpty() && !belonging.contains(host.host());
      HostDrift.Standing standing =
          left ? HostDrift.Standing.LEFT : standing(host, book.targetRevision());
      hosts.put(
          host.host(), new HostDrift(host.host(), standing, host.installed(), host.healthy()));
    }
    for (HostId member : belonging) {
      hosts.putIfAbsent(member, new HostDrift(member, HostDrift.Standing.UNKNOWN, null, false));
    }
    return List.copyOf(hosts.values());
  }

  private static HostDrift.Standing standing(HostBook host, @Nullable RevisionId target) {
    if (host.installed() == null || host.doubtful()) {
      return HostDrift.Standing.UNKNOWN;
    }
    return host.installed().equals(target)
        ? HostDrift.Standing.CURRENT
        : HostDrift.Standing.OUTDATED;
  }
}
