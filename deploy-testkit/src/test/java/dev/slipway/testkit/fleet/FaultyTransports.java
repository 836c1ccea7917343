package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import dev.slipway.spi.transport.UnreachableReason;

/** Transports that break a promise each. */
final class FaultyTransports {

  private FaultyTransports() {}

  /** Gives what it sends a key of its own process, so that hosts do not know it again. */
  record NewKeys(Transport transport, int process) implements Transport {

    private CommandKey changed(CommandKey key) {
      return new CommandKey(
          key.deployment(), key.host(), key.event(), key.attempt() + 10 * process);
    }

    @Override
    public void offer(HostCommand command, Reports reports) {
      transport.offer(
          new HostCommand(
              changed(command.key()),
              command.generation(),
              command.host(),
              command.work(),
              command.next(),
              command.timeout()),
          new Told(reports, command.key(), false));
    }

    @Override
    public void cancel(CommandKey key, CancelMode mode) {
      transport.cancel(changed(key), mode);
    }

    @Override
    public void release(DeploymentId deployment, Host host) {
      transport.release(deployment, host);
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  /** Says of everything that it has worked. */
  record Flatters(Transport transport) implements Transport {

    @Override
    public void offer(HostCommand command, Reports reports) {
      transport.offer(command, new Told(reports, command.key(), true));
    }

    @Override
    public void cancel(CommandKey key, CancelMode mode) {
      transport.cancel(key, mode);
    }

    @Override
    public void release(DeploymentId deployment, Host host) {
      transport.release(deployment, host);
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  /** Reports under another key, and perhaps nothing but good news. */
  private record Told(Reports reports, CommandKey as, boolean good) implements Reports {

    @Override
    public void acknowledged(CommandKey key) {
      reports.acknowledged(as);
    }

    @Override
    public void output(CommandKey key, String lines) {
      reports.output(as, lines);
    }

    @Override
    public void finished(CommandKey key, Diagnostics diagnostics) {
      reports.finished(as, good ? Diagnostics.SUCCEEDED : diagnostics);
    }

    @Override
    public void unreachable(CommandKey key, UnreachableReason reason, String message) {
      reports.unreachable(as, reason, message);
    }

    @Override
    public void back(CommandKey key) {
      reports.back(as);
    }
  }
}
