package dev.slipway.host.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which revision's AppSpec and scripts an event uses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html">AppSpec
 *     hooks reference</a>
 */
public enum EventRevision {
  /** The revision being deployed. */
  CURRENT,
  /** The revision whose Install succeeded last. */
  LAST,
  /** The revision that was downloaded last. */
  RECENT;

  /** Returns what the event uses as long as the current revision is not on the host. */
  public static EventRevision of(String event, HostDeployment deployment) {
    boolean rollback = deployment.isBlueGreenRollback();
    return switch (event) {
      case "BeforeBlockTraffic", "AfterBlockTraffic" -> rollback ? RECENT : LAST;
      case "ApplicationStop" -> LAST;
      case "BeforeAllowTraffic", "AfterAllowTraffic" -> rollback ? LAST : CURRENT;
      default -> CURRENT;
    };
  }

  /**
   * Returns the directory of the deployment whose scripts the event runs, or nothing when there is
   * no such deployment and the event therefore has nothing to do. Once the current revision has
   * been unpacked, every event runs from it.
   */
  public static Optional<String> directory(
      String event,
      HostDeployment deployment,
      Layout layout,
      Pointers pointers,
      boolean currentIsUnpacked) {
    String current = layout.directoryOf(deployment);
    if (currentIsUnpacked) {
      return Optional.of(current);
    }
    return switch (of(event, deployment)) {
      case CURRENT -> Optional.of(current);
      case LAST -> known(pointers.lastSuccessful());
      case RECENT -> known(pointers.mostRecent());
    };
  }

  private static Optional<String> known(@Nullable String directory) {
    return Optional.ofNullable(directory);
  }
}
