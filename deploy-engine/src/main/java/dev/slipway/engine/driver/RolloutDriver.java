package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Supervisor;
import java.time.Duration;
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
 * was committed but perhaps not done is done again. Who is fenced off looks again after a while.
 */
public final class RolloutDriver implements Supervisor.Driver {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutDriver.class);

  private final DriverServices services;
  private final Map<DeploymentId, DrivenRollout> driven = new ConcurrentHashMap<>();
  private final Fencings fencings = new Fencings();

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
        if (isOver(id)) {
          leave(id);
          return Optional.empty();
        }
        rollout = DrivenRollout.takeOver(services, id);
        driven.put(id, rollout);
      }
      Optional<Instant> again = rollout.goOn();
      fencings.wentOn(id, rollout.epoch());
      if (again.isEmpty()) {
        driven.remove(id);
        leave(id);
      } else if (rollout.takesItsTurn()) {
        letGo(id);
        return drive(id);
      }
      return again;
    } catch (StoreException e) {
      long epoch = letGo(id);
      if (e.reason() == Reason.FENCED) {
        return Optional.of(whenToLookAgain(id, epoch));
      }
      throw e;
    } catch (RuntimeException | Error e) {
      letGo(id);
      throw e;
    }
  }

  /** One that is not kept any more has been over for long. */
  private boolean isOver(DeploymentId id) {
    try {
      return services.store().isOver(id);
    } catch (RequestException e) {
      LOG.debug("deployment={} is not kept any more", id, e);
      return true;
    }
  }

  /**
   * Wakes what comes next in the group: its rollback, or one that has waited. Whoever ended it may
   * have died before, or not have heard that it has.
   */
  private void leave(DeploymentId id) {
    fencings.forget(id);
    services.output().forget(id);
    RolloutHeader over;
    try {
      over = services.store().header(id);
    } catch (RequestException e) {
      LOG.debug("deployment={} is not kept any more, nor is its group known", id, e);
      return;
    }
    services
        .store()
        .unfinished(over.application(), over.deploymentGroup())
        .forEach(services.supervisor()::wake);
  }

  private Instant whenToLookAgain(DeploymentId id, long epoch) {
    Duration pause = fencings.pauseAfter(id, epoch);
    LOG.info(
        "deployment={} has another owner, or the answer to a commit was lost; looked at again in"
            + " {}",
        id,
        pause);
    return services.timers().instant().plus(pause);
  }

  /** Returns the epoch under which it was driven, 0 if it was not. */
  private long letGo(DeploymentId id) {
    DrivenRollout rollout = driven.remove(id);
    if (rollout == null) {
      return 0;
    }
    rollout.letGo();
    return rollout.epoch();
  }
}
