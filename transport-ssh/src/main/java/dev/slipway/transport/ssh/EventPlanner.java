package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.appspec.AppSpec;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.DesiredInstall;
import dev.slipway.host.plan.EventRevision;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostFacts;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.host.plan.PossibleEvents;
import dev.slipway.host.plan.ScriptVariables;
import dev.slipway.revision.BundleType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the plans of a host's events from what the host says. Pure. */
final class EventPlanner {

  private final HostDeployment deployment;
  private final HostPaths paths;
  private final Set<HostChoice> choices;
  private final AppSpecs appSpecs;
  private final AppSpecName appSpecName;

  /**
   * Makes one.
   *
   * @param paths where the host's files are
   * @param choices what the host does otherwise than by default
   * @param appSpecs reads those that the host shows
   */
  EventPlanner(
      HostDeployment deployment, HostPaths paths, Set<HostChoice> choices, AppSpecs appSpecs) {
    this.deployment = deployment;
    this.paths = paths;
    this.choices = Set.copyOf(choices);
    this.appSpecs = appSpecs;
    this.appSpecName = deployment.appSpecFile();
  }

  /**
   * Returns the scripts of an event.
   *
   * @throws AppSpecException if the revision's AppSpec is wrong or missing
   */
  HookPlan hooks(String name, HostHello hello) {
    if (!LifecycleEvents.hasScripts(name)) {
      return HookPlan.nothing(name);
    }
    Layout layout = hello.layout();
    Optional<String> directory =
        EventRevision.directory(name, deployment, layout, hello.pointers(), hello.isUnpacked());
    if (directory.isEmpty()) {
      return HookPlan.nothing(name);
    }
    Optional<byte[]> appSpec = hello.appSpecIn(directory.get());
    String archive = Layout.archiveIn(directory.get());
    if (appSpec.isEmpty()) {
      if (!directory.get().equals(layout.directoryOf(deployment))) {
        // The old revision was removed by hand: there is nothing left that could be stopped.
        return HookPlan.nothing(name);
      }
      throw missing(archive);
    }
    return HookPlan.of(name, parse(appSpec.get()), archive, deployment, paths);
  }

  /**
   * Returns the scripts for the case that a command of the deployment, whose revision is on the
   * host, has failed.
   *
   * @throws AppSpecException if the revision's AppSpec is wrong or missing
   */
  HookPlan onFailure(String failed, HostHello hello) {
    String archive = hello.layout().archiveOf(deployment);
    byte[] appSpec =
        hello.appSpecIn(hello.layout().directoryOf(deployment)).orElseThrow(() -> missing(archive));
    return HookPlan.of(LifecycleEvents.ON_FAILURE, parse(appSpec), archive, deployment, paths)
        .with(ScriptVariables.FAILED_EVENT, failed);
  }

  private AppSpecException missing(String archive) {
    return new AppSpecException(appSpecName.value(), 0, 0, "", appSpecName.missingMessage(archive));
  }

  private AppSpec parse(byte[] appSpec) {
    return appSpecs.parse(appSpecName.value(), appSpec, choices).appSpec();
  }

  /**
   * Returns the AppSpec for Install.
   *
   * @throws AppSpecException if the revision's AppSpec is wrong or missing
   */
  AppSpec appSpecForInstall(HostHello hello) {
    Layout layout = hello.layout();
    Optional<byte[]> content =
        hello.isUnpacked() ? hello.appSpecIn(layout.directoryOf(deployment)) : Optional.empty();
    if (content.isEmpty()) {
      throw missing(layout.archiveOf(deployment));
    }
    return appSpecs.parse(appSpecName.value(), content.get(), choices).forInstall();
  }

  /**
   * Refuses an AppSpec that does not fit the events of the deployment.
   *
   * @param possibleEvents all of them; empty not to look
   */
  void check(List<String> possibleEvents, AppSpec appSpec) {
    PossibleEvents.check(possibleEvents, appSpec, appSpecName.value());
  }

  /**
   * Returns the steps of DownloadBundle.
   *
   * @param isAssembled whether the host has made the bundle itself, out of what it holds
   */
  byte[] steps(SentBundle bundle, int maxRevisions, boolean isAssembled) {
    return DownloadSteps.of(bundle, isAssembled, maxRevisions, choices);
  }

  /** Returns the steps of Install. */
  byte[] steps(InstallPlan plan, HostFacts facts) {
    return InstallSteps.of(plan, facts, choices);
  }

  /**
   * Returns the scripts of an event as the runner reads them.
   *
   * @param remembered the variables that the runner has from the event before
   */
  byte[] steps(HookPlan plan, Duration limit, HostHello hello, Map<String, String> remembered) {
    String ownArchive = hello.layout().archiveOf(deployment);
    return HookSteps.of(plan, limit, paths.workingDirectory(), ownArchive, choices, remembered);
  }

  /**
   * Returns what Install wants.
   *
   * @param tree the revision as it is on the host
   * @param homes home directories of the accounts that the AppSpec's paths name
   */
  DesiredInstall install(
      AppSpec appSpec, BundleIndex tree, Map<String, String> homes, HostHello hello) {
    return DesiredInstall.of(
        appSpec,
        tree,
        deployment,
        paths.withHomes(homes),
        hello.layout().archiveOf(deployment),
        choices);
  }

  /** Returns what the group's last install has created on the host. */
  static CleanupList cleanup(HostHello hello) throws HostUnfitException {
    if (hello.isCleanupDistrusted()) {
      throw new HostUnfitException(
          "The list of files that the last deployment installed, in "
              + hello.layout().instructions()
              + ", could have been written by another account, so nothing is removed by it. Check"
              + " it, then give it to "
              + hello.user()
              + " and take away what lets others write to it.");
    }
    return CleanupList.parse(new String(hello.cleanup(), UTF_8));
  }

  /** Refuses a host on which another agent works. */
  void refuseLiveAgent(HostHello hello, HostSettings settings) throws HostUnfitException {
    boolean besideAgent = settings.adopt() || choices.contains(HostChoice.BESIDE_AGENT);
    if (!hello.agent().isEmpty() && !besideAgent) {
      throw new HostUnfitException(
          "The CodeDeploy agent of AWS runs on this host (process "
              + hello.agent()
              + ") with the deployment root "
              + hello.layout().root()
              + ". Stop it, or set \"adopt: true\" for the host to work beside it.");
    }
  }

  /**
   * Refuses a host that will not be able to finish, before anything on it is touched.
   *
   * @param bundle what it gets
   */
  void requireTools(HostHello hello, SentBundle bundle) throws HostUnfitException {
    if (bundle.type() == BundleType.TGZ && !hello.has("gzip")) {
      throw new HostUnfitException(
          "The host lacks gzip, and the bundle is compressed with it. Install it.");
    }
  }
}
