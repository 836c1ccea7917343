package dev.slipway.benchmarks;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.exec.HookEnvironment;
import dev.slipway.host.exec.HostCommand;
import dev.slipway.host.exec.HostExecutor;
import dev.slipway.host.exec.HostOptions;
import dev.slipway.host.exec.LocalRevision;
import dev.slipway.host.exec.OutputListener;
import dev.slipway.host.exec.SystemElapsedTime;
import dev.slipway.host.plan.DeploymentGroup;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** A host below a directory of its own, and deployments to it. */
final class ScratchHost implements AutoCloseable {

  private final Path root;
  private final HostExecutor executor;

  ScratchHost(Path root) {
    this.root = root;
    HostOptions options =
        HostOptions.of(
            new Layout(root.toString()), HookEnvironment.filtered(System.getenv()), ZoneOffset.UTC);
    this.executor = new HostExecutor(options, InstantSource.system(), new SystemElapsedTime());
  }

  static HostDeployment deployment(String group, String id) {
    return HostDeployment.of(id, new DeploymentGroup("benchmark", group, group));
  }

  /** Fetches and unpacks a revision. */
  void download(HostDeployment deployment, Path bundle, BundleType type) throws IOException {
    run(HostCommand.download(deployment, new LocalRevision(bundle, type, IntakeOptions.SAFE)));
  }

  /** Runs one event that is not the download. */
  void run(String event, HostDeployment deployment) throws IOException {
    run(HostCommand.event(event, deployment));
  }

  /** Runs every event of an in-place deployment. */
  void deploy(HostDeployment deployment, Path bundle, BundleType type) throws IOException {
    for (String event : LifecycleEvents.IN_PLACE) {
      if (event.equals(LifecycleEvents.DOWNLOAD_BUNDLE)) {
        download(deployment, bundle, type);
      } else {
        run(event, deployment);
      }
    }
  }

  private void run(HostCommand command) throws IOException {
    Diagnostics end = executor.run(command, OutputListener.NONE).diagnostics();
    if (!end.isSuccess()) {
      throw new IOException(command.name() + " failed: " + end.message() + "\n" + end.log());
    }
  }

  /** Forgets every deployment. */
  void clear() throws IOException {
    Programs.run("rm", "-rf", root.toString());
  }

  @Override
  public void close() {
    executor.close();
  }
}
