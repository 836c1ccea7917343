package dev.slipway.rollout;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.termination.TerminatorReference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Deploys to replacement hosts that exist already, the green ones, and switches traffic to them
 * from the original hosts, the blue ones.
 *
 * @param originals which hosts have the traffic now
 * @param readyWait how long somebody may take to ask for the switch once the replacement hosts are
 *     ready, after which the deployment is stopped; null to switch at once
 * @param termination how the original hosts end after the switch, or null when they go on, out of
 *     traffic
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueGreenDeploymentConfiguration.html">
 *     CodeDeploy API reference, BlueGreenDeploymentConfiguration</a>
 */
public record BlueGreen(
    HostSelector originals, @Nullable Duration readyWait, @Nullable Termination termination) {

  /** How long a switch can be waited for, and the end of the original hosts: 48 hours. */
  public static final Duration LONGEST_WAIT = Duration.ofDays(2);

  /** Refuses a wait that is negative or too long. */
  public BlueGreen {
    if (readyWait != null) {
      checkWait("readyWait", readyWait);
    }
  }

  /** A switch after which the original hosts go on. */
  public BlueGreen(HostSelector originals, @Nullable Duration readyWait) {
    this(originals, readyWait, null);
  }

  /** Returns a switch at once. */
  public static BlueGreen from(HostSelector originals) {
    return new BlueGreen(originals, null);
  }

  /** Returns this with original hosts that end a while after the switch. */
  public BlueGreen terminating(TerminatorReference terminator, Duration stay) {
    return new BlueGreen(originals, readyWait, new Termination(terminator, stay));
  }

  private static void checkWait(String what, Duration wait) {
    if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
      throw new RequestException(what + " must be 0 to " + LONGEST_WAIT + ", but was " + wait);
    }
  }

  /**
   * How original hosts end. Until that is ordered, a rollback can switch traffic back to them.
   *
   * @param terminator who ends them
   * @param stay how long they stay after the switch, 0 to 48 hours
   */
  public record Termination(TerminatorReference terminator, Duration stay) {

    /** Refuses a wait that is negative or too long. */
    public Termination {
      checkWait("stay", stay);
    }
  }
}
