package dev.slipway.examples.cli;

import dev.slipway.engine.inprocess.InProcessTransport;
import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.examples.cli.file.TransportChoice;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.spi.transport.Transport;
import dev.slipway.transport.ssh.SshOptions;
import dev.slipway.transport.ssh.SshTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How each host is reached. That is kept in the settings of the host, and so in its rollouts, since
 * another process may have to go on with them and knows no rollout file.
 */
final class Transports implements AutoCloseable {

  private static final String SETTING = "transport";

  private final Transport ssh;
  private final Transport inProcess;

  Transports(StateDirectory state) {
    ssh =
        SshTransport.with(
            SshOptions.DEFAULTS
                .withConfig(state.sshConfig().toArray(Path[]::new))
                .withSecrets(TerminalSecrets.ofThisProcess())
                .withNewHostKeys(state.newHostKeys())
                .withHostDefaults(TerminalSecrets.asking(state.asked())));
    inProcess = InProcessTransport.below(state.path().resolve("hosts"));
  }

  /**
   * Returns the inventory of a rollout file, with hosts that are reached in its way.
   *
   * @throws RequestException if it cannot be read or used, also when a host that takes part has a
   *     setting that this way does not know
   */
  static Inventory reached(RolloutFile file) {
    OnPremInventory inventory = file.requiredHosts().open();
    if (file.transport() == TransportChoice.SSH) {
      HostSelector selector = file.requiredHosts().selector();
      BlueGreen blueGreen = file.traffic().blueGreen();
      inventory.check(
          host ->
              selector.matches(host) || (blueGreen != null && blueGreen.originals().matches(host)),
          SshTransport::faults);
    }
    return reached(file.transport(), inventory);
  }

  /** Returns the inventory with hosts that are reached in that way. */
  static Inventory reached(TransportChoice choice, Inventory inventory) {
    return switch (choice) {
      case SSH -> inventory;
      case IN_PROCESS -> selector -> inProcess(inventory, selector);
    };
  }

  Transport of(Host host) {
    return TransportChoice.IN_PROCESS.name().equals(host.settings().get(SETTING)) ? inProcess : ssh;
  }

  private static List<Host> inProcess(Inventory inventory, HostSelector selector) {
    return inventory.snapshot(selector).stream().map(Transports::inProcess).toList();
  }

  private static Host inProcess(Host host) {
    Map<String, String> settings = new TreeMap<>(host.settings());
    settings.put(SETTING, TransportChoice.IN_PROCESS.name());
    return new Host(host.id(), host.address(), host.zone(), host.tags(), settings);
  }

  @Override
  public void close() {
    try {
      inProcess.close();
    } finally {
      ssh.close();
    }
  }
}
