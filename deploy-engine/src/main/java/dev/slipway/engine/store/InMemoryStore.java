package dev.slipway.engine.store;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.OutputLimits;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps rollouts as long as the process lives, with every guarantee of a store but durability.
 *
 * <p>Thread-safe: guarded by its own monitor; listeners are called outside of it.
 */
public final class InMemoryStore implements Store {

  private final GroupBooks books;
  private final OutputLimits limits;
  private final Map<DeploymentId, StoredRollout> rollouts = new LinkedHashMap<>();
  private final List<Consumer<DeploymentId>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Makes one without rollouts.
   *
   * @param books where groups are kept, which may outlive this store
   */
  public InMemoryStore(GroupBooks books) {
    this(books, OutputLimits.DEFAULT);
  }

  /**
   * Makes one without rollouts.
   *
   * @param books where groups are kept, which may outlive this store
   * @param limits how much output is kept
   */
  public InMemoryStore(GroupBooks books, OutputLimits limits) {
    this.books = books;
    this.limits = limits;
  }

  @Override
  public RolloutHeader create(RolloutHeader header) {
    RolloutHeader kept = keep(header, false);
    tell(kept.id());
    return kept;
  }

  @Override
  public RolloutHeader enqueue(RolloutHeader header) {
    RolloutHeader kept = keep(header, true);
    tell(kept.id());
    return kept;
  }

  @Override
  public void specify(Ownership ownership, String specification) {
    synchronized (this) {
      rollout(ownership.id()).specify(ownership, specification);
    }
    tell(ownership.id());
  }

  private synchronized RolloutHeader keep(RolloutHeader header, boolean waits) {
    Optional<RolloutHeader> same =
        groupOf(header).filter(old -> old.clientToken().equals(header.clientToken())).findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    groupOf(header)
        .filter(old -> !waits && !rollout(old.id()).isTerminal())
        .findFirst()
        .ifPresent(InMemoryStore::refuseSecond);
    if (rollouts.containsKey(header.id())) {
      throw new RequestException(
          "deployment " + header.id() + " was started before: make a new plan to deploy again");
    }
    rollouts.put(header.id(), new StoredRollout(header, limits));
    return header;
  }

  private Stream<RolloutHeader> groupOf(RolloutHeader header) {
    return rollouts.values().stream()
        .map(StoredRollout::header)
        .filter(
            old ->
                old.application().equals(header.application())
                    && old.deploymentGroup().equals(header.deploymentGroup()));
  }

  private static void refuseSecond(RolloutHeader active) {
    throw new RequestException(
        "deployment group "
            + active.application()
            + "/"
            + active.deploymentGroup()
            + " already has an active Deployment '"
            + active.id()
            + "': wait for its end or stop it");
  }

  @Override
  public synchronized RolloutHeader header(DeploymentId id) {
    return rollout(id).header();
  }

  @Override
  public synchronized Ownership acquire(DeploymentId id) {
    return rollout(id).acquire();
  }

  @Override
  public Ownership commit(Ownership ownership, Commit commit) {
    Ownership after;
    synchronized (this) {
      StoredRollout rollout = rollout(ownership.id());
      rollout.check(ownership, commit);
      Commit.End end = commit.end();
      if (end != null) {
        books.write(end.page());
      }
      after = rollout.commit(commit);
      if (end != null && end.rollback() != null) {
        rollouts.putIfAbsent(end.rollback().id(), new StoredRollout(end.rollback(), limits));
      }
    }
    tell(ownership.id());
    return after;
  }

  @Override
  public synchronized List<JournalEntry> journal(DeploymentId id, long after, int limit) {
    return rollout(id).journal(after, limit);
  }

  @Override
  public synchronized void keepSnapshot(DeploymentId id, Snapshot snapshot) {
    rollout(id).keepSnapshot(snapshot);
  }

  @Override
  public synchronized Optional<Snapshot> snapshot(DeploymentId id) {
    return rollout(id).snapshot();
  }

  @Override
  public void deliver(DeploymentId id, InboxItem item) {
    synchronized (this) {
      rollout(id).deliver(item);
    }
    tell(id);
  }

  @Override
  public synchronized List<InboxItem> inbox(DeploymentId id, int limit) {
    return rollout(id).inbox(limit);
  }

  @Override
  public synchronized void appendOutput(DeploymentId id, OutputChunk chunk) {
    StoredRollout rollout = rollouts.get(id);
    if (rollout != null) {
      rollout.output().append(chunk);
    }
  }

  @Override
  public synchronized List<KeptOutput> output(DeploymentId id, long after, int limit) {
    StoredRollout rollout = rollouts.get(id);
    return rollout == null ? List.of() : rollout.output().after(after, limit);
  }

  @Override
  public synchronized boolean isOver(DeploymentId id) {
    return rollout(id).isTerminal();
  }

  @Override
  public synchronized List<DeploymentId> newest(int limit) {
    List<DeploymentId> newestFirst = new ArrayList<>(rollouts.keySet());
    Collections.reverse(newestFirst);
    return List.copyOf(newestFirst.subList(0, Math.min(limit, newestFirst.size())));
  }

  @Override
  public synchronized List<DeploymentId> unfinished() {
    return rollouts.values().stream()
        .filter(rollout -> !rollout.isTerminal())
        .map(rollout -> rollout.header().id())
        .toList();
  }

  @Override
  public Runnable onChange(Consumer<DeploymentId> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    listeners.clear();
  }

  private StoredRollout rollout(DeploymentId id) {
    StoredRollout rollout = rollouts.get(id);
    if (rollout == null) {
      throw new RequestException("there is no deployment " + id);
    }
    return rollout;
  }

  private void tell(DeploymentId id) {
    listeners.forEach(listener -> listener.accept(id));
  }

  static StoreException fenced(DeploymentId id, String why) {
    return new StoreException(Reason.FENCED, "rollout " + id + ": " + why);
  }
}
