package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.runtime.embedded.RolloutRows.Finished;
import dev.slipway.runtime.embedded.RolloutRows.Standing;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.Documents;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.GroupPage;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.KeptOutput;
import dev.slipway.spi.store.OutputChunk;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps rollouts and the pages of groups in a database.
 *
 * <p>Thread-safe. Listeners are called by the thread that made the change, or by the one that looks
 * for changes of other processes.
 */
final class JdbcStore implements Store, GroupBooks {

  private final int keepFinished;
  private final Readers readers;
  private final Writer writer;
  private final JdbcOutput output;
  private final AtomicLong seen;
  private final List<Consumer<DeploymentId>> listeners = new CopyOnWriteArrayList<>();

  private JdbcStore(Database database, JdbcOutput output, int keepFinished, Session session)
      throws SQLException {
    this.output = output;
    this.keepFinished = keepFinished;
    this.seen = new AtomicLong(RolloutRows.lastChange(session));
    this.readers = new Readers(database);
    this.writer = new Writer(database, session, this::sawOwnChange);
  }

  /**
   * Opens a store, after its tables have been made or brought up to date.
   *
   * @param output where output is kept; it is closed with the store
   * @param keepFinished how many rollouts that are over are kept at least
   */
  static JdbcStore open(Database database, JdbcOutput output, int keepFinished) {
    try {
      Session session = new Session(database.connect());
      try {
        Schema.ROLLOUTS.migrate(session, database);
        return new JdbcStore(database, output, keepFinished, session);
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw database.explained(e);
    }
  }

  @Override
  public RolloutHeader create(RolloutHeader header) {
    RolloutHeader kept = writer.write(transaction -> RolloutRows.create(transaction, header));
    tell(kept.id());
    return kept;
  }

  @Override
  public RolloutHeader enqueue(RolloutHeader header) {
    RolloutHeader kept = writer.write(transaction -> RolloutRows.enqueue(transaction, header));
    tell(kept.id());
    return kept;
  }

  @Override
  public void specify(Ownership ownership, String specification) {
    DeploymentId id = ownership.id();
    writer.write(
        transaction -> {
          Standing standing = RolloutRows.standing(transaction.session(), id);
          checkOwner(standing, ownership);
          RolloutRows.specify(transaction.session(), id, specification);
          transaction.touch(id);
          return id;
        });
    tell(id);
  }

  @Override
  public RolloutHeader header(DeploymentId id) {
    return readers.read(session -> RolloutRows.header(session, id));
  }

  @Override
  public Optional<RolloutHeader> find(
      String application, String deploymentGroup, String clientToken) {
    return readers.read(
        session -> RolloutRows.find(session, application, deploymentGroup, clientToken));
  }

  @Override
  public Ownership acquire(DeploymentId id) {
    return writer.write(
        transaction -> {
          Standing from = RolloutRows.standing(transaction.session(), id);
          Standing to = new Standing(from.epoch() + 1, from.version(), from.isOver());
          move(transaction, id, from, to);
          return new Ownership(id, to.epoch(), to.version());
        });
  }

  @Override
  public Ownership commit(Ownership ownership, Commit commit) {
    Ownership after = writer.write(transaction -> commit(transaction, ownership, commit));
    if (commit.end() != null) {
      sweep();
    }
    tell(ownership.id());
    return after;
  }

  private static Ownership commit(Transaction transaction, Ownership ownership, Commit commit)
      throws SQLException {
    Session session = transaction.session();
    DeploymentId id = ownership.id();
    Standing from = RolloutRows.standing(session, id);
    check(from, ownership, commit);
    JournalRows.append(session, id, commit.entries());
    InboxRows.consume(session, id, commit.consumed(), commit.settled());
    Commit.End end = commit.end();
    if (end != null) {
      end(transaction, id, end);
    }
    long version = from.version() + commit.entries().size();
    move(transaction, id, from, new Standing(from.epoch(), version, end != null));
    transaction.touch(id);
    return new Ownership(id, from.epoch(), version);
  }

  private static void checkOwner(Standing standing, Ownership ownership) {
    DeploymentId id = ownership.id();
    if (ownership.epoch() != standing.epoch()) {
      throw fenced(
          id, "epoch is " + standing.epoch() + ", but the caller's was " + ownership.epoch());
    }
    if (ownership.version() != standing.version()) {
      throw fenced(
          id, "version is " + standing.version() + ", but the caller's was " + ownership.version());
    }
    if (standing.isOver()) {
      throw fenced(id, "it is over");
    }
  }

  private static void check(Standing standing, Ownership ownership, Commit commit) {
    checkOwner(standing, ownership);
    DeploymentId id = ownership.id();
    long next = standing.version() + 1;
    for (JournalEntry entry : commit.entries()) {
      if (entry.sequence() != next) {
        throw fenced(id, "event " + next + " must follow, but " + entry.sequence() + " was given");
      }
      next++;
    }
  }

  private static void end(Transaction transaction, DeploymentId id, Commit.End end)
      throws SQLException {
    PageRows.write(transaction.session(), end.page());
    InboxRows.clear(transaction.session(), id);
    if (end.rollback() != null) {
      RolloutRows.insert(transaction, end.rollback());
    }
  }

  private static void move(Transaction transaction, DeploymentId id, Standing from, Standing to)
      throws SQLException {
    if (!RolloutRows.move(transaction.session(), id, from, to)) {
      throw fenced(id, "somebody else has changed it meanwhile");
    }
  }

  private static StoreException fenced(DeploymentId id, String why) {
    return new StoreException(Reason.FENCED, "rollout " + id + ": " + why);
  }

  @Override
  public List<JournalEntry> journal(DeploymentId id, long after, int limit) {
    return readers.read(session -> JournalRows.read(session, id, after, limit));
  }

  @Override
  public void keepSnapshot(DeploymentId id, Snapshot snapshot) {
    writer.write(
        transaction -> {
          Session session = transaction.session();
          if (snapshot.sequence() <= RolloutRows.standing(session, id).version()) {
            SnapshotRows.keep(session, id, snapshot);
          }
          return id;
        });
  }

  @Override
  public Optional<Snapshot> snapshot(DeploymentId id) {
    return readers.read(session -> SnapshotRows.read(session, id));
  }

  @Override
  public void deliver(DeploymentId id, InboxItem item) {
    writer.write(
        transaction -> {
          if (!RolloutRows.standing(transaction.session(), id).isOver()) {
            InboxRows.deliver(transaction, id, item);
            transaction.touch(id);
          }
          return id;
        });
    tell(id);
  }

  @Override
  public List<InboxItem> inbox(DeploymentId id, int limit) {
    return readers.read(session -> InboxRows.waiting(session, id, limit));
  }

  @Override
  public void appendOutput(DeploymentId id, OutputChunk chunk) {
    output.append(id, chunk);
  }

  @Override
  public List<KeptOutput> output(DeploymentId id, long after, int limit) {
    return output.read(id, after, limit);
  }

  @Override
  public boolean isOver(DeploymentId id) {
    return readers.read(session -> RolloutRows.standing(session, id)).isOver();
  }

  @Override
  public List<DeploymentId> unfinished() {
    return readers.read(RolloutRows::unfinished);
  }

  @Override
  public List<DeploymentId> unfinished(String application, String deploymentGroup) {
    return readers.read(session -> RolloutRows.unfinished(session, application, deploymentGroup));
  }

  @Override
  public List<DeploymentId> newest(int limit) {
    return readers.read(session -> RolloutRows.newest(session, limit));
  }

  @Override
  public Optional<GroupPage> read(String application, String deploymentGroup) {
    return readers.read(session -> PageRows.read(session, application, deploymentGroup));
  }

  @Override
  public void write(GroupPage page) {
    writer.write(
        transaction -> {
          PageRows.write(transaction.session(), page);
          return page;
        });
  }

  /** Returns the documents in the same database; they are closed with this store. */
  Documents documents() {
    return new JdbcDocuments(readers, writer);
  }

  @Override
  public Runnable onChange(Consumer<DeploymentId> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(DeploymentId id) {
    listeners.forEach(listener -> listener.accept(id));
  }

  /** Unless others have made changes before it, this one need not be looked for. */
  private void sawOwnChange(long number) {
    seen.compareAndSet(number - 1, number);
  }

  /**
   * Looks for what other processes have changed, and tells listeners.
   *
   * @return the rollouts, perhaps some that this process has changed itself
   */
  List<DeploymentId> lookForChanges() {
    long after = seen.get();
    long last = readers.read(RolloutRows::lastChange);
    if (last <= after) {
      return List.of();
    }
    List<DeploymentId> changed =
        readers.read(session -> RolloutRows.changedAfter(session, after, last));
    seen.accumulateAndGet(last, Math::max);
    changed.forEach(this::tell);
    return changed;
  }

  /** Deletes what is over and not among the newest: of all rollouts, and of its group. */
  private void sweep() {
    List<DeploymentId> deleted = new ArrayList<>();
    writer.later(
        transaction -> {
          Set<String> groups = new HashSet<>();
          int place = 0;
          for (Finished finished : RolloutRows.finished(transaction.session())) {
            place++;
            if (!groups.add(finished.group()) && place > keepFinished) {
              RolloutRows.delete(transaction.session(), finished.id());
              deleted.add(finished.id());
            }
          }
          return groups;
        },
        () -> output.forget(deleted, this::isKept));
  }

  private boolean isKept(DeploymentId id) {
    return readers.read(session -> RolloutRows.isKept(session, id));
  }

  @Override
  public void close() {
    listeners.clear();
    writer.close();
    output.close();
    readers.close();
  }
}
