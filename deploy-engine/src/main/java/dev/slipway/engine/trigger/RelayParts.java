package dev.slipway.engine.trigger;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.trigger.TriggerMessage;
import dev.slipway.spi.trigger.TriggerSink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What lanes work with.
 *
 * @param store the rollouts
 * @param cursors how far everybody is
 * @param book the triggers of groups
 * @param sinks who takes messages
 * @param timers the clock
 * @param executor where sinks are called
 */
record RelayParts(
    Store store,
    Cursors cursors,
    TriggerBook book,
    List<TriggerSink> sinks,
    Timers timers,
    Executor executor) {

  RelayParts {
    sinks = List.copyOf(sinks);
  }

  /** Returns what a rollout was created as, without the much that its header has besides. */
  RolloutSummary summary(DeploymentId deployment) {
    RolloutHeader header = store.header(deployment);
    return new RolloutSummary(
        deployment,
        header.application(),
        header.deploymentGroup(),
        header.createdAt(),
        header.rollbackOf());
  }

  void publish(TriggerMessage message) throws IOException, InterruptedException {
    for (TriggerSink sink : sinks) {
      if (sink.accepts(message.target())) {
        sink.publish(message);
        return;
      }
    }
    throw new IOException("no trigger sink takes messages for its target");
  }
}
