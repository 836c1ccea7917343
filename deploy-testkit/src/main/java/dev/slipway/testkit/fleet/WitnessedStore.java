package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import dev.slipway.testkit.ForwardingStore;
import org.jspecify.annotations.Nullable;

/**
 * The store itself, with a witness beside it: below whatever stands between it and drivers. Keeps a
 * snapshot now and then, far more often than drivers do, so that owners begin with one.
 */
final class WitnessedStore extends ForwardingStore {

  private final Witness witness;
  private @Nullable Controller committing;

  WitnessedStore(Store store, Witness witness) {
    super(store);
    this.witness = witness;
  }

  /** Says who commits next. */
  void committing(@Nullable Controller controller) {
    committing = controller;
  }

  @Override
  public RolloutHeader create(RolloutHeader header) {
    RolloutHeader kept = super.create(header);
    witness.created(kept);
    return kept;
  }

  @Override
  public RolloutHeader enqueue(RolloutHeader header) {
    RolloutHeader kept = super.enqueue(header);
    witness.created(kept);
    return kept;
  }

  @Override
  public void specify(Ownership ownership, String specification) {
    super.specify(ownership, specification);
    witness.specified(header(ownership.id()));
  }

  @Override
  public Ownership acquire(DeploymentId id) {
    Ownership ownership = super.acquire(id);
    witness.acquired(id, ownership.epoch());
    return ownership;
  }

  @Override
  public Ownership commit(Ownership ownership, Commit commit) {
    Ownership after = super.commit(ownership, commit);
    DeploymentId id = ownership.id();
    witness.rollout(id).committed(commit.entries(), witness.lastInboxRead(committing, id));
    if (after.version() > 0 && witness.isTimeForSnapshot()) {
      RolloutWitness rollout = witness.rollout(id);
      keepSnapshot(id, new Snapshot(after.version(), rollout.snapshot()));
    }
    Commit.End end = commit.end();
    if (end != null && end.rollback() != null) {
      witness.created(end.rollback());
    }
    return after;
  }
}
