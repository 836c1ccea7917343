package dev.slipway.examples.cli;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.SlipwayBuilder;
import dev.slipway.engine.trigger.WebhookSink;
import dev.slipway.examples.cli.check.CliChecks;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import dev.slipway.runtime.embedded.EmbeddedRuntime;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.trigger.PayloadForm;
import dev.slipway.spi.trigger.TriggerSink;
import java.util.List;

/** A state directory at work: its rollouts can be looked at, and perhaps driven. */
final class OpenState implements AutoCloseable {

  /** For commands that plan nothing: rollouts know their hosts. */
  private static final Inventory NO_HOSTS = selector -> List.of();

  private static final TriggerSink WEBHOOKS = WebhookSink.of(PayloadForm.DOCUMENTED);

  private final Deployer deployer;
  private final Transports transports;

  private OpenState(SlipwayBuilder builder, Transports transports) {
    this.transports = transports;
    this.deployer = CliChecks.register(builder).transports(transports::of).build();
  }

  /** Opens it for looking and asking. Nothing is written but requests. */
  static OpenState looking(StateDirectory state) {
    return looking(state, NO_HOSTS);
  }

  /** Opens it for planning, looking and asking. Nothing is written but requests. */
  static OpenState looking(StateDirectory state, Inventory inventory) {
    SlipwayBuilder builder = Slipway.builder().inventory(inventory).state(state.path());
    if (state.isUsed()) {
      builder.runtime(EmbeddedRuntime.at(state.path()).withoutDriving());
    }
    return new OpenState(builder, new Transports(state));
  }

  /** Opens it for changing what is kept in it, which may be the first that is. */
  static OpenState keeping(StateDirectory state) {
    return new OpenState(
        Slipway.builder()
            .inventory(NO_HOSTS)
            .triggerTargets(WEBHOOKS::accepts)
            .runtime(EmbeddedRuntime.at(state.path()).withoutDriving()),
        new Transports(state));
  }

  /** Opens it, and drives its unfinished rollouts unless another process does. */
  static OpenState driving(StateDirectory state) {
    return driving(state, NO_HOSTS);
  }

  /** Opens it for deploying too, and drives its unfinished rollouts unless another process does. */
  static OpenState driving(StateDirectory state, Inventory inventory) {
    return new OpenState(
        Slipway.builder()
            .inventory(inventory)
            .triggerSink(WEBHOOKS)
            .runtime(EmbeddedRuntime.at(state.path())),
        new Transports(state));
  }

  Deployer deployer() {
    return deployer;
  }

  /**
   * Returns a rollout.
   *
   * @throws RequestException if the id has another form or there is none of that id
   */
  Rollout rollout(String id) {
    DeploymentId deployment;
    try {
      deployment = new DeploymentId(id);
    } catch (IllegalArgumentException e) {
      throw new RequestException(e.getMessage() + "; \"slipway status\" lists them");
    }
    return deployer.attach(deployment);
  }

  @Override
  public void close() {
    try {
      deployer.close();
    } finally {
      transports.close();
    }
  }
}
