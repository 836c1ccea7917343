package dev.slipway.engine.core;

import dev.slipway.deployment.ErrorInformation;
import dev.slipway.fleet.HostId;
import dev.slipway.strategy.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Placeholder. */
public record RolloutPlan(
    int minimumHealthy,
    int failureBudget,
    List<List<HostId>> waves,
    @Nullable ErrorInformation error) {
  /** x. */
  public static RolloutPlan of(RolloutDefinition definition, Strategy strategy) {
    Numbers n = Numbers.of(definition);
    return new RolloutPlan(n.minimumHealthy(), n.failureBudget(), List.of(), n.refusal(definition));
  }
}
