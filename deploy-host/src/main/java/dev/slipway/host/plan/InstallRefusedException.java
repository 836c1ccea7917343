package dev.slipway.host.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An install that cannot be: a file in the way, two sources for one destination, a source that the
 * bundle does not have. The message is the text that AWS's agent gives where it has one. Nothing on
 * the host has been changed.
 */
public final class InstallRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String pathInTheWay;

  /**
   * Makes one.
   *
   * @param message what is wrong
   */
  public InstallRefusedException(String message) {
    super(message);
    this.pathInTheWay = null;
  }

  /**
   * Makes one for a file in the way.
   *
   * @param message what is wrong
   * @param pathInTheWay where it is on the host, absolute
   */
  public InstallRefusedException(String message, String pathInTheWay) {
    super(message);
    this.pathInTheWay = pathInTheWay;
  }

  /** Returns the same refusal of a file in the way, with the group whose file it is. */
  public InstallRefusedException installedBy(String group) {
    String named = getMessage() + " (it was installed by the deployment group " + group + ")";
    return pathInTheWay == null
        ? new InstallRefusedException(named)
        : new InstallRefusedException(named, pathInTheWay);
  }

  /** Returns where the file is that is in the way, when that is what is wrong. */
  public Optional<String> pathInTheWay() {
    return Optional.ofNullable(pathInTheWay);
  }
}
