package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.Input;
import dev.slipway.failure.DeployException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.termination.HostTerminator;
import dev.slipway.spi.termination.TerminatorReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a terminator to end original hosts, and hands on what it answers. One that is away has not
 * answered: the rollout has it told again.
 *
 * @param services what the engine works with
 * @param id of the rollout
 * @param terminator who is told
 * @param hosts which hosts
 */
record TerminationCall(
    DriverServices services, DeploymentId id, TerminatorReference terminator, List<Host> hosts) {

  private static final Logger LOG = LoggerFactory.getLogger(TerminationCall.class);

  /** Makes the call on a thread that may wait. */
  void makeElsewhere(int attempt) {
    try {
      services.threads().execute(() -> make(attempt));
    } catch (RejectedExecutionException e) {
      LOG.debug("deployment={} ends no hosts any more: the engine is closed", id, e);
    }
  }

  private void make(int attempt) {
    String refusal = "";
    try {
      Optional<HostTerminator> known = services.terminators().apply(terminator);
      if (known.isEmpty()) {
        LOG.warn("deployment={} needs {}: register it", id, terminator.inWords());
        return;
      }
      known.get().terminate(hosts, id + "/terminate");
    } catch (DeployException e) {
      refusal = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("deployment={} has its original hosts ended later", id, e);
      return;
    }
    Input answer = new Input.Terminated(services.timers().instant(), attempt, refusal);
    new Delivery(
            services, id, InboxCodec.encode(SettledKeys.ofTermination(attempt) + "told", answer))
        .attempt();
  }
}
