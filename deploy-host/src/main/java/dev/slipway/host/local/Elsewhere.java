package dev.slipway.host.local;

import dev.slipway.failure.RequestException;
import dev.slipway.host.exec.CommandExecutor;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import java.io.IOException;
import java.util.Set;

/** Where a local deployment can be carried out other than on this machine. */
@FunctionalInterface
public interface Elsewhere {

  /** Only on this machine. */
  Elsewhere NOWHERE =
      task -> {
        throw new RequestException("--via " + task.place() + ": there is only this machine");
      };

  /**
   * What is to be done there.
   *
   * @param place where, as {@code --via} says it
   * @param deployment what is deployed
   * @param root the deployment root; empty for the one that suits the account
   * @param maxRevisions how many deployments of the group are kept, at least 1
   * @param deploymentsLog the name of the program whose deployments log is written, or empty
   * @param choices what is done otherwise than by default
   */
  record Task(
      String place,
      HostDeployment deployment,
      String root,
      int maxRevisions,
      String deploymentsLog,
      Set<HostChoice> choices) {

    /** Copies the choices in. */
    public Task {
      choices = Set.copyOf(choices);
    }
  }

  /**
   * Reaches the place. Blocks.
   *
   * @throws RequestException when there can be no such place, or a setting of it makes no sense
   * @throws IOException when it cannot be reached, or what is asked for cannot be done there
   */
  CommandExecutor reach(Task task) throws IOException;
}
