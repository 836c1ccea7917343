package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How one controller reaches its hosts. All of it is gone when the controller dies. */
final class ControllerTransport implements Transport {

  private final Controller controller;
  private final Cluster cluster;
  private final Map<CommandKey, Session> sessions = new LinkedHashMap<>();

  ControllerTransport(Controller controller, Cluster cluster) {
    this.controller = controller;
    this.cluster = cluster;
  }

  @Override
  public void offer(HostCommand command, Reports reports) {
    controller.point("offer");
    cluster.witness().offered(controller, command);
    Session known = sessions.get(command.key());
    if (known == null) {
      Session session = new Session(controller, cluster, command, reports);
      sessions.put(command.key(), session);
      session.open();
    } else {
      known.reportTo(reports);
    }
    controller.point("offered");
  }

  @Override
  public void cancel(CommandKey key, CancelMode mode) {
    controller.point("cancel");
    Session session = sessions.get(key);
    if (session != null) {
      session.cancel(mode);
    }
    controller.point("cancelled");
  }

  @Override
  public void release(DeploymentId deployment, Host host) {
    controller.point("release");
    for (Session session : List.copyOf(sessions.values())) {
      CommandKey key = session.key();
      if (key.deployment().equals(deployment) && key.host().equals(host.id())) {
        session.release();
        sessions.remove(key);
      }
    }
    controller.point("released");
  }

  @Override
  public void close() {}
}
