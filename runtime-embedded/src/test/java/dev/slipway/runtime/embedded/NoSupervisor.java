package dev.slipway.runtime.embedded;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.spi.store.Supervisor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Drives nothing, and remembers what it was woken for. */
final class NoSupervisor implements Supervisor {

  final List<DeploymentId> woken = new CopyOnWriteArrayList<>();

  @Override
  public void start(Driver driver) {}

  @Override
  public void wake(DeploymentId id) {
    woken.add(id);
  }

  @Override
  public boolean isDriving() {
    return true;
  }

  @Override
  public void close() {}
}
