package dev.slipway.spi.store;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps rollouts. What a method has returned from is durable, as far as the store is.
 *
 * <p>Thread-safe. All safety rests here: only the latest owner can append, a commit is whole or not
 * at all, and an inbox item is neither lost nor taken twice. Methods may block; each throws {@link
 * StoreException} when the store cannot do its part.
 */
public interface Store extends AutoCloseable {

  /**
   * Keeps a new rollout.
   *
   * @return the header that is kept now: an earlier one when the group has one with the same client
   *     token
   * @throws RequestException if the group has another rollout that is not over, or there is one of
   *     that id that was created with another client token; the message names it
   */
  RolloutHeader create(RolloutHeader header);

  /**
   * Keeps a new rollout beside those of its group that are not over: whoever drives it lets it wait
   * for them.
   *
   * @return the header that is kept now, as by {@link #create}
   * @throws RequestException if there is a rollout of that id that was created with another client
   *     token; the message names it
   */
  RolloutHeader enqueue(RolloutHeader header);

  /**
   * Keeps what a rollout that has waited is made of when its turn has come. Its journal and the
   * ownership stay as they are.
   *
   * @param specification instead of that of its header
   * @throws StoreException with reason FENCED if the caller is not the owner any more, or the
   *     rollout is over; nothing has changed then
   */
  void specify(Ownership ownership, String specification);

  /**
   * Returns the header of a rollout.
   *
   * @throws RequestException if there is none of that id
   */
  RolloutHeader header(DeploymentId id);

  /** Returns the rollout that was created for a group under that client token, if it is kept. */
  default Optional<RolloutHeader> find(
      String application, String deploymentGroup, String clientToken) {
    return newest(Integer.MAX_VALUE).stream()
        .map(this::header)
        .filter(
            header ->
                header.application().equals(application)
                    && header.deploymentGroup().equals(deploymentGroup)
                    && header.clientToken().equals(clientToken))
        .findFirst();
  }

  /** Makes the caller the owner, and any earlier owner a stranger. */
  Ownership acquire(DeploymentId id);

  /**
   * Appends what was decided.
   *
   * @return the ownership to use for the next commit
   * @throws StoreException with reason FENCED if the caller is not the owner any more, the entries
   *     do not follow what is kept or the rollout is over; with reason CONFLICT if the page of the
   *     group does not follow the one that is kept; nothing has changed then
   */
  Ownership commit(Ownership ownership, Commit commit);

  /** Returns events after that sequence number, in order, at most {@code limit}. */
  List<JournalEntry> journal(DeploymentId id, long after, int limit);

  /**
   * Keeps a snapshot of a rollout instead of an earlier one; changes nothing when a later one is
   * kept, or when it runs ahead of the journal.
   */
  void keepSnapshot(DeploymentId id, Snapshot snapshot);

  /** Returns the latest snapshot that is kept; empty when none is, which costs time and no more. */
  Optional<Snapshot> snapshot(DeploymentId id);

  /**
   * Puts an item into the inbox of a rollout, unless its key was there before, even if it was
   * consumed and has not been settled, or the rollout is over.
   */
  void deliver(DeploymentId id, InboxItem item);

  /** Returns items that no commit has consumed, oldest first, at most {@code limit}. */
  List<InboxItem> inbox(DeploymentId id, int limit);

  /**
   * Keeps what a script printed, within limits of the store's own. It returns at once and never
   * delays a commit: the chunk is kept soon, or lost when the process ends before or the store has
   * too much to do. Of a run, what is kept up to its offset is not kept again. Nobody is told: who
   * follows output asks again from time to time.
   */
  void appendOutput(DeploymentId id, OutputChunk chunk);

  /**
   * Returns what is kept of the output of a rollout after that place, in the order in which it was
   * kept, at most {@code limit} pieces; none of a rollout that is not kept, or not any more. What
   * this process has appended before is there, as far as the limits let it.
   */
  List<KeptOutput> output(DeploymentId id, long after, int limit);

  /** Returns whether a commit has said that the rollout is over. */
  boolean isOver(DeploymentId id);

  /** Returns the rollouts that are not over, oldest first. */
  List<DeploymentId> unfinished();

  /** Returns the rollouts of a group that are not over, oldest first. */
  default List<DeploymentId> unfinished(String application, String deploymentGroup) {
    return unfinished().stream()
        .map(this::header)
        .filter(
            header ->
                header.application().equals(application)
                    && header.deploymentGroup().equals(deploymentGroup))
        .map(RolloutHeader::id)
        .toList();
  }

  /** Returns the rollouts that are kept, newest first, at most {@code limit}. */
  List<DeploymentId> newest(int limit);

  /**
   * Calls the listener after a rollout was created, or something was delivered to or committed for
   * it, by whichever process: a hint that may be missed or repeated, on a thread of the store or of
   * whoever made the change, and must not block.
   *
   * @return ends the calls
   */
  Runnable onChange(Consumer<DeploymentId> listener);

  @Override
  void close();
}
