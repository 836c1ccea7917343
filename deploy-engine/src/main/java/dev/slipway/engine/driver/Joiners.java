package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.HostBook;
import dev.slipway.engine.core.Input;
import dev.slipway.failure.DeployException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which hosts have appeared in the inventory while a rollout ran. It is asked once all hosts are
 * done, and what it says is kept together with the end: whoever takes over before asks again.
 *
 * <p>Used by one thread at a time, but for the one that asks.
 */
final class Joiners {

  /** The rollout is woken when it is known; this is for when that is forgotten. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Joiners.class);

  private final DriverServices services;
  private final RolloutRecord record;
  private boolean isAsking;
  private volatile @Nullable Found found;

  Joiners(DriverServices services, RolloutRecord record) {
    this.services = services;
    this.record = record;
  }

  /**
   * What the inventory says.
   *
   * @param hosts the hosts that have appeared and do not run the revision
   * @param update the deployment that brings it to them, or null
   * @param trouble why it is not known which, or empty
   */
  record Found(List<Host> hosts, @Nullable DeploymentId update, String trouble) {}

  /** Whether the inventory is to be asked before the rollout is over. */
  boolean areAwaited() {
    return record.joiners() != null && found == null;
  }

  /** Asks, and has the rollout driven when that is done. */
  void ask() {
    RolloutRecord.Joiners how = record.joiners();
    if (isAsking || how == null) {
      return;
    }
    isAsking = true;
    try {
      services.threads().execute(() -> answer(how));
    } catch (RejectedExecutionException e) {
      LOG.debug(
          "deployment={} does not ask for hosts: the engine is closed",
          record.definition().deployment(),
          e);
    }
  }

  private void answer(RolloutRecord.Joiners how) {
    DeploymentId id = record.definition().deployment();
    try {
      found = look(how);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // Thrown, an error would leave the rollout waiting for this answer for ever.
      LOG.warn("deployment={} ends without knowing which hosts have appeared", id, e);
      found = new Found(List.of(), null, "the inventory cannot be read: " + said(e));
    }
    services.supervisor().wake(id);
  }

  /** What is meant for the caller speaks for itself. */
  private static String said(Throwable failure) {
    return failure instanceof DeployException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }

  private Found look(RolloutRecord.Joiners how) {
    List<Host> now = services.inventory().snapshot(how.selector());
    Set<HostId> own = record.hosts().stream().map(Host::id).collect(Collectors.toSet());
    Set<HostId> there = now.stream().map(Host::id).collect(Collectors.toSet());
    long unknown = own.stream().filter(host -> !there.contains(host)).count();
    if (unknown > 0) {
      // Perhaps it is that of another process: hosts of somebody else's are none of ours.
      return new Found(
          List.of(),
          null,
          "the inventory that was asked does not know %d of the %d hosts of the rollout"
              .formatted(unknown, own.size()));
    }
    Set<HostId> settled = new HashSet<>(own);
    settled.addAll(settled(GroupBookKeeper.read(services.books(), record.work())));
    List<Host> joined = now.stream().filter(host -> !settled.contains(host.id())).toList();
    return new Found(joined, how.deployTo() && !joined.isEmpty() ? services.ids().get() : null, "");
  }

  /** Hosts that run the revision, and those that have failed and wait for somebody to look. */
  private Set<HostId> settled(GroupBook book) {
    RevisionId revision = record.work().revision();
    return book.hosts().stream()
        .filter(host -> !host.healthy() || (revision.equals(host.installed()) && !host.doubtful()))
        .map(HostBook::host)
        .collect(Collectors.toSet());
  }

  /** Returns what the core has to take into account, or null while nothing is known. */
  @Nullable Input input() {
    Found known = found;
    return known == null
        ? null
        : new Input.Joined(
            services.timers().instant(),
            known.hosts.stream().map(Host::id).toList(),
            known.update,
            known.trouble);
  }

  /** Returns the hosts that have appeared, as their transports know them. */
  List<Host> hosts() {
    Found known = found;
    return known == null ? List.of() : known.hosts;
  }
}
