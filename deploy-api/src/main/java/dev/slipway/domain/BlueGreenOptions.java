package dev.slipway.domain;

/**
 * How a blue/green deployment goes.
 *
 * @param greenFleet where the replacement hosts come from
 * @param readyAction what happens when they are ready
 * @param readyWaitMinutes for STOP_DEPLOYMENT: how long it waits for the switch, 0 to 2880
 * @param blueFleet what becomes of the original hosts; TERMINATE needs the host terminator that is
 *     registered as {@link dev.slipway.spi.termination.TerminatorReference#OF_DEPLOYMENT_GROUPS}
 * @param terminationWaitMinutes for TERMINATE: how long they stay after the switch, 0 to 2880
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueGreenDeploymentConfiguration.html">
 *     CodeDeploy API reference, BlueGreenDeploymentConfiguration</a>
 */
public record BlueGreenOptions(
    GreenFleet greenFleet,
    ReadyAction readyAction,
    int readyWaitMinutes,
    BlueFleet blueFleet,
    int terminationWaitMinutes) {

  /** The longest wait. */
  public static final int LONGEST_WAIT_MINUTES = 2880;

  /** Where replacement hosts come from. */
  public enum GreenFleet {
    /** They are there, and each deployment names them. */
    DISCOVER_EXISTING,
    /** A copy of the group's Auto Scaling group is made. */
    COPY_AUTO_SCALING_GROUP
  }

  /** What happens when replacement hosts are ready. */
  public enum ReadyAction {
    /** Traffic is switched at once. */
    CONTINUE_DEPLOYMENT,
    /** Somebody must ask for the switch in time. */
    STOP_DEPLOYMENT
  }

  /** What becomes of the original hosts. */
  public enum BlueFleet {
    /** They are ended after a while. */
    TERMINATE,
    /** They go on, without traffic and out of the group. */
    KEEP_ALIVE
  }
}
