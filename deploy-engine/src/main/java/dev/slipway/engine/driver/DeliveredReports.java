package dev.slipway.engine.driver;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.engine.core.Input;
import dev.slipway.failure.DeployException;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what transports report into the inbox of the rollout, and has its driver take it from there.
 * Thread-safe.
 */
final class DeliveredReports implements Reports {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveredReports.class);

  private final DriverServices services;

  DeliveredReports(DriverServices services) {
    this.services = services;
  }

  @Override
  public void acknowledged(CommandKey key) {
    deliver(
        key,
        key + "/acknowledged",
        new Input.Acknowledged(
            services.timers().instant(), key.host(), key.event(), key.attempt()));
  }

  @Override
  public void output(CommandKey key, String lines) {
    try {
      services.store().appendOutput(key.deployment(), services.output().chunk(key, lines));
    } catch (DeployException e) {
      LOG.debug("{} printed something that is not kept", key, e);
    }
  }

  @Override
  public void finished(CommandKey key, Diagnostics diagnostics) {
    services.output().forget(key);
    deliver(
        key,
        key + "/finished",
        new Input.Finished(
            services.timers().instant(), key.host(), key.event(), key.attempt(), diagnostics));
  }

  @Override
  public void unreachable(CommandKey key, UnreachableReason reason, String message) {
    Instant now = services.timers().instant();
    deliver(
        key,
        key + "/unreachable/" + now,
        new Input.Unreachable(now, key.host(), key.event(), key.attempt(), reason, message));
  }

  @Override
  public void back(CommandKey key) {
    Instant now = services.timers().instant();
    deliver(key, key + "/back/" + now, new Input.Back(now, key.host()));
  }

  private void deliver(CommandKey key, String itemKey, Input input) {
    new Delivery(services, key.deployment(), InboxCodec.encode(itemKey, input)).attempt();
  }
}
