package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.Supervisor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives rollouts: keeps those that it owns in memory and lets each go on when its supervisor says.
 *
 * <p>Thread-safe for different rollouts; the supervisor calls for one rollout by one thread at a
 * time. What goes wrong is thrown, and the rollout is loaded anew at the next call: then whatever
 * was committed but perhaps not done is done again.
 */
public final class RolloutDriver implements Supervisor.Driver {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutDriver.class);

  private final DriverServices services;
  private final Map<DeploymentId, DrivenRollout> driven = new ConcurrentHashMap<>();

  /**
   * Makes one.
   *
   * @param services what it works with
   */
  public RolloutDriver(DriverServices services) {
    this.services = services;
  }

  @Override
  public Optional<Instant> drive(DeploymentId id) {
    try {
      DrivenRollout rollout = driven.get(id);
      if (rollout == null) {
        if (services.store().isOver(id)) {
          return Optional.empty();
        }
        rollout = DrivenRollout.takeOver(services, id);
        driven.put(id, rollout);
      }
      Optional<Instant> again = rollout.goOn();
      if (again.isEmpty()) {
        driven.remove(id);
      }
      return again;
    } catch (StoreException e) {
      letGo(id);
      if (e.reason() == Reason.FENCED) {
        LOG.info("deployment={} is driven by somebody else now", id);
        return Optional.empty();
      }
      throw e;
    } catch (RuntimeException | Error e) {
      letGo(id);
      throw e;
    }
  }

  private void letGo(DeploymentId id) {
    DrivenRollout rollout = driven.remove(id);
    if (rollout != null) {
      rollout.letGo();
    }
  }
}
