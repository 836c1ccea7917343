package dev.slipway.engine.driver;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.engine.core.Input;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Instant;

/**
 * Puts what transports report into the inbox of the rollout, and has its driver take it from there.
 * Thread-safe.
 */
final class DeliveredReports implements Reports {

  private final DriverServices services;

  DeliveredReports(DriverServices services) {
    this.services = services;
  }

  @Override
  public void acknowledged(CommandKey key) {
    deliver(
        key,
        key + "/acknowledged",
        new Input.Acknowledged(services.clock().instant(), key.host(), key.event(), key.attempt()));
  }

  @Override
  public void output(CommandKey key, String lines) {
    services.output().tell(key, lines);
  }

  @Override
  public void finished(CommandKey key, Diagnostics diagnostics) {
    deliver(
        key,
        key + "/finished",
        new Input.Finished(
            services.clock().instant(), key.host(), key.event(), key.attempt(), diagnostics));
  }

  @Override
  public void unreachable(CommandKey key, UnreachableReason reason, String message) {
    Instant now = services.clock().instant();
    deliver(
        key,
        key + "/unreachable/" + now,
        new Input.Unreachable(now, key.host(), key.event(), key.attempt(), reason, message));
  }

  @Override
  public void back(CommandKey key) {
    Instant now = services.clock().instant();
    deliver(key, key + "/back/" + now, new Input.Back(now, key.host()));
  }

  private void deliver(CommandKey key, String itemKey, Input input) {
    services.store().deliver(key.deployment(), InboxCodec.encode(itemKey, input));
    services.supervisor().wake(key.deployment());
  }
}
