package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.appspec.AppSpec;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.DesiredInstall;
import dev.slipway.host.plan.EventRevision;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.Layout;
import dev.slipway.revision.BundleType;
import java.util.Map;
import java.util.Optional;

/** Makes the plans of a host's events from what the host says. Pure. */
final class EventPlanner {

  private final HostDeployment deployment;
  private final HostPaths paths;
  private final AppSpecName appSpecName;

  EventPlanner(HostDeployment deployment, HostSettings settings) {
    this.deployment = deployment;
    this.paths = new HostPaths(settings.hostRoot(), "/", Map.of());
    this.appSpecName = deployment.appSpecFile();
  }

  /**
   * Returns the scripts of an event.
   *
   * @throws AppSpecException if the revision's AppSpec is wrong
   * @throws HostUnfitException if the revision has no AppSpec
   */
  HookPlan hooks(LifecycleEvent event, HostHello hello) throws HostUnfitException {
    String name = event.wireName();
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
      throw new HostUnfitException(appSpecName.missingMessage(archive));
    }
    return HookPlan.of(name, parse(appSpec.get()), archive, deployment, paths);
  }

  private AppSpec parse(byte[] appSpec) {
    return AppSpecParser.linux().parse(appSpecName.value(), appSpec).appSpec();
  }

  /**
   * Returns the AppSpec for Install.
   *
   * @throws AppSpecException if the revision's AppSpec is wrong
   * @throws HostUnfitException if the revision has no AppSpec
   */
  AppSpec appSpecForInstall(HostHello hello) throws HostUnfitException {
    Layout layout = hello.layout();
    Optional<byte[]> content =
        hello.isUnpacked() ? hello.appSpecIn(layout.directoryOf(deployment)) : Optional.empty();
    if (content.isEmpty()) {
      throw new HostUnfitException(appSpecName.missingMessage(layout.archiveOf(deployment)));
    }
    return AppSpecParser.linux().parse(appSpecName.value(), content.get()).forInstall();
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
        appSpec, tree, deployment, paths.withHomes(homes), hello.layout().archiveOf(deployment));
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

  /**
   * Refuses a host that will not be able to finish, before anything on it is touched.
   *
   * @param bundle what it gets
   */
  void checkHost(HostHello hello, HostSettings settings, SentBundle bundle)
      throws HostUnfitException {
    if (!hello.agent().isEmpty() && !settings.adopt()) {
      throw new HostUnfitException(
          "The CodeDeploy agent of AWS runs on this host (process "
              + hello.agent()
              + ") with the deployment root "
              + hello.layout().root()
              + ". Stop it, or set \"adopt: true\" for the host to work beside it.");
    }
    if (bundle.type() == BundleType.TGZ) {
      require(hello, "gzip", "the bundle is compressed with it");
    }
    Optional<AppSpec> appSpec = appSpecOf(bundle);
    if (appSpec.isPresent()) {
      if (appSpec.get().permissions().stream().anyMatch(p -> !p.acls().isEmpty())) {
        require(hello, "setfacl", "the AppSpec sets access control lists");
      }
      if (appSpec.get().permissions().stream().anyMatch(p -> p.context() != null)) {
        require(hello, "semanage", "the AppSpec sets SELinux contexts");
        require(hello, "restorecon", "the AppSpec sets SELinux contexts");
      }
    }
  }

  /**
   * Returns the bundle's AppSpec; one that is wrong or missing is for the events to complain of.
   */
  private Optional<AppSpec> appSpecOf(SentBundle bundle) {
    for (String candidate : appSpecName.candidates()) {
      Optional<byte[]> content = bundle.index().content(candidate);
      if (content.isPresent()) {
        try {
          return Optional.of(parse(content.get()));
        } catch (AppSpecException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static void require(HostHello hello, String tool, String why) throws HostUnfitException {
    if (!hello.has(tool)) {
      throw new HostUnfitException("The host lacks " + tool + ", and " + why + ". Install it.");
    }
  }
}
