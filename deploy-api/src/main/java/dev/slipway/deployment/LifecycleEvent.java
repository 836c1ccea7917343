package dev.slipway.deployment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The lifecycle events of a host, in CodeDeploy's order.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html">
 *     AppSpec 'hooks' section</a>
 */
public enum LifecycleEvent {
  /** Scripts of the installed revision, before traffic is taken away. */
  BEFORE_BLOCK_TRAFFIC("BeforeBlockTraffic", true),
  /** The control side takes the host out of its load balancers. */
  BLOCK_TRAFFIC("BlockTraffic", false),
  /** Scripts of the installed revision, after traffic was taken away. */
  AFTER_BLOCK_TRAFFIC("AfterBlockTraffic", true),
  /** Scripts of the installed revision that stop the application. */
  APPLICATION_STOP("ApplicationStop", true),
  /** The bundle reaches the host and is unpacked. */
  DOWNLOAD_BUNDLE("DownloadBundle", false),
  /** Scripts of the new revision, before its files are installed. */
  BEFORE_INSTALL("BeforeInstall", true),
  /** Files and permissions of the AppSpec. */
  INSTALL("Install", false),
  /** Scripts after the files are in place. */
  AFTER_INSTALL("AfterInstall", true),
  /** Scripts that start the application. */
  APPLICATION_START("ApplicationStart", true),
  /** Scripts that prove that the application works. */
  VALIDATE_SERVICE("ValidateService", true),
  /** Scripts before traffic comes back. */
  BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic", true),
  /** The control side puts the host into its load balancers. */
  ALLOW_TRAFFIC("AllowTraffic", false),
  /** Scripts after traffic is back. */
  AFTER_ALLOW_TRAFFIC("AfterAllowTraffic", true);

  /** What an in-place deployment without a load balancer runs on each host. */
  public static final List<LifecycleEvent> IN_PLACE =
      List.of(
          APPLICATION_STOP,
          DOWNLOAD_BUNDLE,
          BEFORE_INSTALL,
          INSTALL,
          AFTER_INSTALL,
          APPLICATION_START,
          VALIDATE_SERVICE);

  /** What takes a host out of traffic. */
  public static final List<LifecycleEvent> OUT_OF_TRAFFIC =
      List.of(BEFORE_BLOCK_TRAFFIC, BLOCK_TRAFFIC, AFTER_BLOCK_TRAFFIC);

  /** What puts a host into traffic. */
  public static final List<LifecycleEvent> INTO_TRAFFIC =
      List.of(BEFORE_ALLOW_TRAFFIC, ALLOW_TRAFFIC, AFTER_ALLOW_TRAFFIC);

  /** What an in-place deployment with a load balancer runs on each host: all of them. */
  public static final List<LifecycleEvent> IN_PLACE_WITH_TRAFFIC = List.of(values());

  private final String wireName;
  private final boolean scriptable;

  LifecycleEvent(String wireName, boolean scriptable) {
    this.wireName = wireName;
    this.scriptable = scriptable;
  }

  /** Returns CodeDeploy's spelling, as in an AppSpec. */
  public String wireName() {
    return wireName;
  }

  /** Returns whether an AppSpec may hang scripts on it. */
  public boolean isScriptable() {
    return scriptable;
  }

  /** Returns whether the control side carries it out, with a traffic control, and no host does. */
  public boolean isControlSide() {
    return this == BLOCK_TRAFFIC || this == ALLOW_TRAFFIC;
  }

  /** Returns whether {@code ignoreApplicationStopFailures} forgives its failure. */
  public boolean isForgivable() {
    return this == BEFORE_BLOCK_TRAFFIC || this == AFTER_BLOCK_TRAFFIC || this == APPLICATION_STOP;
  }

  /** Returns the event of that spelling, if there is one. */
  public static Optional<LifecycleEvent> named(String wireName) {
    return Arrays.stream(values()).filter(event -> event.wireName.equals(wireName)).findFirst();
  }
}
