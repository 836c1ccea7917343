package dev.slipway.testkit;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store that hands every call on to another one; a test overrides what shall go wrong. As
 * thread-safe as the other one.
 */
public abstract class ForwardingStore implements Store {

  private final Store store;

  /** Hands calls on to that store. */
  protected ForwardingStore(Store store) {
    this.store = store;
  }

  @Override
  public RolloutHeader create(RolloutHeader header) {
    return store.create(header);
  }

  @Override
  public RolloutHeader enqueue(RolloutHeader header) {
    return store.enqueue(header);
  }

  @Override
  public void specify(Ownership ownership, String specification) {
    store.specify(ownership, specification);
  }

  @Override
  public RolloutHeader header(DeploymentId id) {
    return store.header(id);
  }

  @Override
  public Ownership acquire(DeploymentId id) {
    return store.acquire(id);
  }

  @Override
  public Ownership commit(Ownership ownership, Commit commit) {
    return store.commit(ownership, commit);
  }

  @Override
  public List<JournalEntry> journal(DeploymentId id, long after, int limit) {
    return store.journal(id, after, limit);
  }

  @Override
  public void keepSnapshot(DeploymentId id, Snapshot snapshot) {
    store.keepSnapshot(id, snapshot);
  }

  @Override
  public Optional<Snapshot> snapshot(DeploymentId id) {
    return store.snapshot(id);
  }

  @Override
  public void deliver(DeploymentId id, InboxItem item) {
    store.deliver(id, item);
  }

  @Override
  public List<InboxItem> inbox(DeploymentId id, int limit) {
    return store.inbox(id, limit);
  }

  @Override
  public void appendOutput(DeploymentId id, OutputChunk chunk) {
    store.appendOutput(id, chunk);
  }

  @Override
  public List<KeptOutput> output(DeploymentId id, long after, int limit) {
    return store.output(id, after, limit);
  }

  @Override
  public boolean isOver(DeploymentId id) {
    return store.isOver(id);
  }

  @Override
  public List<DeploymentId> unfinished() {
    return store.unfinished();
  }

  @Override
  public List<DeploymentId> unfinished(String application, String deploymentGroup) {
    return store.unfinished(application, deploymentGroup);
  }

  @Override
  public List<DeploymentId> newest(int limit) {
    return store.newest(limit);
  }

  @Override
  public Runnable onChange(Consumer<DeploymentId> listener) {
    return store.onChange(listener);
  }

  @Override
  public void close() {
    store.close();
  }
}
