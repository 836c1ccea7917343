package dev.slipway.rollout;

import dev.slipway.deployment.ErrorInformation;
import dev.slipway.failure.PlanOutdatedException;
import dev.slipway.failure.PreflightException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.preflight.Preflight;
import dev.slipway.preflight.PreflightReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rollout would do, before it does anything.
 *
 * <p>Immutable; {@link #start()} and its kin are thread-safe.
 */
public interface Plan {

  /** Returns a hash over hosts, order, numbers, revision and scripts. */
  String digest();

  /** Returns what was asked for. */
  RolloutSpec spec();

  /** Returns the hosts in scheduling order. */
  List<Host> hosts();

  /** Returns how many hosts must stay healthy, M. */
  int minimumHealthy();

  /** Returns how many may be off or failed at any time, B = N - M; not positive: no room. */
  int failureBudget();

  /** Returns who starts together when all goes well. */
  List<List<HostId>> waves();

  /** Returns the scripts by lifecycle event, in the order in which they run. */
  Map<String, List<String>> scripts();

  /** Returns what the AppSpec parser warns of, with places. */
  List<String> warnings();

  /** Returns what would be deployed if the rollout had to be rolled back. */
  RollbackPreview rollback();

  /** Returns why a rollout of this plan would fail before it touched a host, if it would. */
  Optional<ErrorInformation> error();

  /**
   * Looks at all hosts without changing anything, by the limits of the options or else those of
   * {@link Preflight#DEFAULT}. Blocks until each has answered or its time is over. When every host
   * is fit, a start of this plan does not look again.
   *
   * @throws RequestException if the wait is interrupted
   */
  PreflightReport preflight();

  /**
   * Starts exactly this plan, once: a second call returns the rollout that the first one has
   * started, also when that is over. Plan again to deploy again.
   *
   * @throws PreflightException if the options ask for a look at all hosts, and one is not fit
   * @throws PlanOutdatedException if fleet, history or revision have changed since
   * @throws RequestException if the group has an active rollout, unless the options say otherwise
   */
  Rollout start();

  /**
   * Starts exactly this plan, once for each token: the rollout that an earlier call with the token
   * started is returned instead.
   *
   * @param clientToken chosen by the caller, unique within the deployment group
   */
  Rollout start(String clientToken);

  /** Plans again and starts that. */
  Rollout startCurrent();
}
