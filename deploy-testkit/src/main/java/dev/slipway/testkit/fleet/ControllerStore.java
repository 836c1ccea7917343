package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.testkit.ForwardingStore;
import java.util.List;

/** The store as one controller sees it: each call may be the last one, or take long, or fail. */
final class ControllerStore extends ForwardingStore {

  private final Controller controller;
  private final Cluster cluster;

  ControllerStore(Controller controller, Cluster cluster) {
    super(cluster.store());
    this.controller = controller;
    this.cluster = cluster;
  }

  @Override
  public Ownership acquire(DeploymentId id) {
    controller.storePoint("acquire");
    controller.outage("acquire");
    Ownership ownership = super.acquire(id);
    controller.acquired(id, ownership.epoch());
    cluster.acquired(id, controller);
    controller.point("acquired");
    return ownership;
  }

  @Override
  public Ownership commit(Ownership ownership, Commit commit) {
    controller.storePoint("commit");
    controller.outage("commit");
    Ownership after = cluster.commit(controller, ownership, commit);
    controller.storePoint("committed");
    return after;
  }

  @Override
  public void specify(Ownership ownership, String specification) {
    controller.storePoint("specify");
    controller.outage("specify");
    super.specify(ownership, specification);
    controller.storePoint("specified");
  }

  @Override
  public List<JournalEntry> journal(DeploymentId id, long after, int limit) {
    controller.point("journal");
    return super.journal(id, after, limit);
  }

  @Override
  public void keepSnapshot(DeploymentId id, Snapshot snapshot) {
    controller.point("keepSnapshot");
    controller.outage("keepSnapshot");
    super.keepSnapshot(id, snapshot);
  }

  @Override
  public void deliver(DeploymentId id, InboxItem item) {
    controller.point("deliver");
    controller.outage("deliver");
    super.deliver(id, item);
    controller.point("delivered");
  }

  @Override
  public List<InboxItem> inbox(DeploymentId id, int limit) {
    controller.storePoint("inbox");
    controller.outage("inbox");
    cluster.witness().inboxRead(controller, id);
    return super.inbox(id, limit);
  }

  @Override
  public void close() {}
}
