package dev.slipway.rollout;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostSelector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deploys to replacement hosts that exist already, the green ones, and switches traffic to them
 * from the original hosts, the blue ones. These go on, out of traffic.
 *
 * @param originals which hosts have the traffic now
 * @param readyWait how long somebody may take to ask for the switch once the replacement hosts are
 *     ready, after which the deployment is stopped; null to switch at once
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentReadyOption.html">
 *     CodeDeploy API reference, DeploymentReadyOption</a>
 */
public record BlueGreen(HostSelector originals, @Nullable Duration readyWait) {

  /** How long a switch can be waited for: 48 hours. */
  public static final Duration LONGEST_WAIT = Duration.ofDays(2);

  /** Refuses a wait that is negative or too long. */
  public BlueGreen {
    if (readyWait != null && (readyWait.isNegative() || readyWait.compareTo(LONGEST_WAIT) > 0)) {
      throw new RequestException(
          "readyWait must be 0 to " + LONGEST_WAIT + ", but was " + readyWait);
    }
  }

  /** Returns a switch at once. */
  public static BlueGreen from(HostSelector originals) {
    return new BlueGreen(originals, null);
  }
}
