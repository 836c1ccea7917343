package dev.slipway.host.exec;

import dev.slipway.appspec.AppSpec;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import java.io.IOException;

/** Carries out the commands of deployments on one host: this machine, or another. */
public interface CommandExecutor extends AutoCloseable {

  /** Returns where deployments are kept on the host. */
  Layout layout();

  /**
   * Runs a command to its end. A failure is a result, never an exception. Blocks as long as its
   * scripts take; interrupting the thread ends them. When the command fails and the revision is on
   * the host, its scripts for {@link LifecycleEvents#ON_FAILURE} run before this returns.
   *
   * @param listener hears what scripts write, and how far long commands are
   */
  HostCommandResult run(HostCommand command, OutputListener listener);

  /**
   * Returns the scripts that an event would run now.
   *
   * @throws AppSpecException when the AppSpec cannot be found or used
   * @throws IOException when the host or its files cannot be read
   */
  HookPlan hookPlan(String event, HostDeployment deployment) throws IOException;

  /**
   * Returns what an install would do to the host as it is now.
   *
   * @param deployment the deployment
   * @param appSpec the revision's AppSpec
   * @param bundle what is in the revision
   * @throws InstallRefusedException when it cannot be
   * @throws IOException when the host or its files cannot be read
   */
  InstallPlan installPlan(HostDeployment deployment, AppSpec appSpec, BundleIndex bundle)
      throws IOException;

  /** Ends nothing that runs, but starts nothing more. */
  @Override
  void close();
}
