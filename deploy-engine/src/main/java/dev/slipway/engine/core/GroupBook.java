package dev.slipway.engine.core;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a deployment group between deployments: it decides what a rollback brings back,
 * and which hosts come first next time.
 *
 * @param lastDeployment the deployment that was entered last, or null before the first
 * @param targetRevision the revision of the last deployment that succeeded, or null before the
 *     first
 * @param hosts the hosts that have been part of a deployment, by name
 * @param fileExistsBehavior with which the target revision was deployed, or null when that is not
 *     known
 * @param oneWayDoor why there is no way back to the target revision: a deployment since has passed
 *     a one-way door without success; null when there is one
 * @param lastSwitch the last blue/green deployment after which traffic has stayed where it moved,
 *     or null
 */
public record GroupBook(
    @Nullable DeploymentId lastDeployment,
    @Nullable RevisionId targetRevision,
    List<HostBook> hosts,
    @Nullable FileExistsBehavior fileExistsBehavior,
    @Nullable String oneWayDoor,
    @Nullable Switch lastSwitch) {

  /** The book of a group that has not been deployed to. */
  public static final GroupBook EMPTY = new GroupBook(null, null, List.of());

  /**
   * A blue/green deployment whose hosts have the traffic.
   *
   * @param deployment which
   * @param since when it began
   */
  public record Switch(DeploymentId deployment, Instant since) {}

  /** Copies the list in. */
  public GroupBook {
    hosts = List.copyOf(hosts);
  }

  /** Makes one of a group to whose target revision there is a way back. */
  public GroupBook(
      @Nullable DeploymentId lastDeployment,
      @Nullable RevisionId targetRevision,
      List<HostBook> hosts) {
    this(lastDeployment, targetRevision, hosts, null, null, null);
  }

  /**
   * The book after a rollout; entering the same one again changes nothing.
   *
   * @param ended a rollout that is over
   * @param revision what it deployed
   * @param behavior what became of files in the way
   */
  public GroupBook after(RolloutState ended, RevisionId revision, FileExistsBehavior behavior) {
    DeploymentId deployment = ended.definition().deployment();
    if (deployment.equals(lastDeployment)) {
      return this;
    }
    Map<HostId, HostBook> books = new TreeMap<>(byHost());
    boolean succeeded = ended.status() == DeploymentStatus.SUCCEEDED || isSwitched(ended);
    int installed = isSwitchedBack(ended) ? 0 : ended.numbers().hosts();
    for (int position = 0; position < installed; position++) {
      HostId host = ended.host(position).host().id();
      HostBook before = books.getOrDefault(host, HostBook.unknown(host));
      books.put(
          host,
          succeeded
              ? before.afterSuccess(ended.statusOf(position), revision, targetRevision)
              : before.afterFailure(ended.statusOf(position), revision));
    }
    List<HostBook> after = new ArrayList<>(books.values());
    return succeeded
        ? new GroupBook(deployment, revision, after, behavior, null, switchAfter(ended))
        : new GroupBook(
            deployment, targetRevision, after, fileExistsBehavior, doorAfter(ended), lastSwitch);
  }

  /**
   * Whether all traffic has moved for good, however the rollout ended after that: somebody may have
   * stopped it while original hosts waited for their end, and wanted nothing back.
   */
  private static boolean isSwitched(RolloutState ended) {
    return ended.isTerminationBegun() && ended.rollback() == null;
  }

  /** Whether it was a rollback that gave traffic back, and installed nothing. */
  private static boolean isSwitchedBack(RolloutState ended) {
    RolloutDefinition definition = ended.definition();
    return definition.isBlueGreen() && definition.creator() == Creator.ROLLBACK;
  }

  private @Nullable Switch switchAfter(RolloutState ended) {
    RolloutDefinition definition = ended.definition();
    return definition.isBlueGreen() && !isSwitchedBack(ended)
        ? new Switch(definition.deployment(), ended.course().startedAt())
        : lastSwitch;
  }

  /** A door is passed with the first host that the rollout has begun with. */
  private @Nullable String doorAfter(RolloutState ended) {
    String reason = ended.definition().rollback().forbidden();
    return reason != null && ended.counts().pending() < ended.numbers().hosts()
        ? reason
        : oneWayDoor;
  }

  /** How early each of these hosts is scheduled, see {@link ScheduledHost}. */
  Map<HostId, Integer> ranks(List<HostId> wanted) {
    Map<HostId, HostBook> books = byHost();
    Map<HostId, Integer> ranks = new HashMap<>();
    for (HostId host : wanted) {
      ranks.put(host, books.getOrDefault(host, HostBook.unknown(host)).rank(targetRevision));
    }
    return ranks;
  }

  private Map<HostId, HostBook> byHost() {
    Map<HostId, HostBook> books = new HashMap<>();
    hosts.forEach(book -> books.put(book.host(), book));
    return books;
  }
}
