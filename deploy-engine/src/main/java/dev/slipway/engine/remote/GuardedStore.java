package dev.slipway.engine.remote;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * A store that may be away: what only reads is tried again, within limits, and a store that stays
 * away is left alone for a while. A change is made once, because one whose answer is lost may have
 * been made: whoever wants it again reads first. Thread-safe.
 */
public final class GuardedStore implements Store {

  private final Store store;
  private final GuardedCalls calls;

  /**
   * Guards a store.
   *
   * @param store which
   * @param policy how it is called
   * @param clock measures calls
   * @param threads where calls with a time limit are made
   * @param telemetry hears of calls
   */
  public GuardedStore(
      Store store,
      CallPolicy policy,
      InstantSource clock,
      ExecutorService threads,
      Telemetry telemetry) {
    this.store = store;
    this.calls =
        new GuardedCalls(
            "store",
            policy,
            GuardedStore::isAway,
            message -> new StoreException(Reason.UNAVAILABLE, message),
            new GuardedCalls.Surroundings(clock, threads, telemetry));
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof StoreException store && store.reason() == Reason.UNAVAILABLE;
  }

  @Override
  public RolloutHeader create(RolloutHeader header) {
    return calls.once("create", () -> store.create(header));
  }

  @Override
  public RolloutHeader enqueue(RolloutHeader header) {
    return calls.once("enqueue", () -> store.enqueue(header));
  }

  @Override
  public void specify(Ownership ownership, String specification) {
    calls.once(
        "specify",
        () -> {
          store.specify(ownership, specification);
          return ownership;
        });
  }

  @Override
  public RolloutHeader header(DeploymentId id) {
    return calls.repeatably("header", () -> store.header(id));
  }

  @Override
  public Optional<RolloutHeader> find(
      String application, String deploymentGroup, String clientToken) {
    return calls.repeatably("find", () -> store.find(application, deploymentGroup, clientToken));
  }

  @Override
  public Ownership acquire(DeploymentId id) {
    return calls.once("acquire", () -> store.acquire(id));
  }

  @Override
  public Ownership commit(Ownership ownership, Commit commit) {
    return calls.once("commit", () -> store.commit(ownership, commit));
  }

  @Override
  public List<JournalEntry> journal(DeploymentId id, long after, int limit) {
    return calls.repeatably("journal", () -> store.journal(id, after, limit));
  }

  @Override
  public void keepSnapshot(DeploymentId id, Snapshot snapshot) {
    calls.once(
        "keepSnapshot",
        () -> {
          store.keepSnapshot(id, snapshot);
          return snapshot;
        });
  }

  @Override
  public Optional<Snapshot> snapshot(DeploymentId id) {
    return calls.repeatably("snapshot", () -> store.snapshot(id));
  }

  @Override
  public void deliver(DeploymentId id, InboxItem item) {
    calls.once(
        "deliver",
        () -> {
          store.deliver(id, item);
          return item;
        });
  }

  @Override
  public List<InboxItem> inbox(DeploymentId id, int limit) {
    return calls.repeatably("inbox", () -> store.inbox(id, limit));
  }

  /** Returns at once by its contract, and may lose what it is given. */
  @Override
  public void appendOutput(DeploymentId id, OutputChunk chunk) {
    store.appendOutput(id, chunk);
  }

  @Override
  public List<KeptOutput> output(DeploymentId id, long after, int limit) {
    return calls.repeatably("output", () -> store.output(id, after, limit));
  }

  @Override
  public boolean isOver(DeploymentId id) {
    return calls.repeatably("isOver", () -> store.isOver(id));
  }

  @Override
  public List<DeploymentId> unfinished() {
    return calls.repeatably("unfinished", store::unfinished);
  }

  @Override
  public List<DeploymentId> unfinished(String application, String deploymentGroup) {
    return calls.repeatably("unfinished", () -> store.unfinished(application, deploymentGroup));
  }

  @Override
  public List<DeploymentId> newest(int limit) {
    return calls.repeatably("newest", () -> store.newest(limit));
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
