package dev.slipway.host.plan;

import java.util.List;

/**
 * The names of what a host can be told to do, in the order of a deployment.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html">AppSpec
 *     hooks reference</a>
 */
public final class LifecycleEvents {

  /** Fetch and unpack the revision. Has no scripts. */
  public static final String DOWNLOAD_BUNDLE = "DownloadBundle";

  /** Put the files in place. Has no scripts. */
  public static final String INSTALL = "Install";

  /**
   * What a host runs by itself when a command of a deployment has failed and the revision has
   * scripts for it. No event of CodeDeploy: nobody asks for it, and nobody is told how it ended.
   */
  public static final String ON_FAILURE = "OnFailure";

  /** Every command of a deployment behind a load balancer, in order. */
  public static final List<String> IN_ORDER =
      List.of(
          "BeforeBlockTraffic",
          "AfterBlockTraffic",
          "ApplicationStop",
          DOWNLOAD_BUNDLE,
          "BeforeInstall",
          INSTALL,
          "AfterInstall",
          "ApplicationStart",
          "ValidateService",
          "BeforeAllowTraffic",
          "AfterAllowTraffic");

  /** The commands of an in-place deployment without a load balancer, in order. */
  public static final List<String> IN_PLACE =
      List.of(
          "ApplicationStop",
          DOWNLOAD_BUNDLE,
          "BeforeInstall",
          INSTALL,
          "AfterInstall",
          "ApplicationStart",
          "ValidateService");

  private LifecycleEvents() {}

  /** Returns whether the event runs scripts, as every event but the two built-in commands does. */
  public static boolean hasScripts(String event) {
    return !event.equals(DOWNLOAD_BUNDLE) && !event.equals(INSTALL);
  }
}
