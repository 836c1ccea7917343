package dev.slipway.engine.simulation;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorInformation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated rollout went.
 *
 * @param status how it ended
 * @param error why it did not succeed, or null when it did
 * @param minimumHealthy the floor M, or null when there were no hosts
 * @param failureBudget how many hosts may be off or failed, B = N - M, or null when there were no
 *     hosts; may be negative
 * @param succeeded how many hosts succeeded
 * @param failed how many failed
 * @param skipped how many were never started
 * @param waves the hosts that started together, by their positions in scheduling order, from 1
 * @param seconds how long it took on virtual time
 * @param events how many events its journal has
 */
public record SimulationResult(
    DeploymentStatus status,
    @Nullable ErrorInformation error,
    @Nullable Integer minimumHealthy,
    @Nullable Integer failureBudget,
    int succeeded,
    int failed,
    int skipped,
    List<List<Integer>> waves,
    double seconds,
    long events) {

  /** Copies the lists in. */
  public SimulationResult {
    waves = waves.stream().map(List::copyOf).toList();
  }
}
