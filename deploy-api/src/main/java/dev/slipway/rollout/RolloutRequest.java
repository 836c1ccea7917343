package dev.slipway.rollout;

import dev.slipway.failure.RequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a rollout. Any process may ask; whoever drives the rollout sees to it. A
 * request that changes nothing any more, such as a pause of a rollout that is being stopped, is
 * ignored.
 *
 * @param kind what is wanted
 * @param grace for a stop, how long running events may go on before they are ended by force; null
 *     for as long as they take, and for every other kind
 * @param reason in words, may be empty
 * @param clientToken chosen by the caller: of several requests of one kind with the same token the
 *     first counts; null when each counts
 * @param by who wants it, may be empty
 * @param checkpoint for an approval or a rejection, the number of the checkpoint that is meant,
 *     from 1; null for the one at which the rollout stands when the request is made, and for every
 *     other kind
 */
public record RolloutRequest(
    Kind kind,
    @Nullable Duration grace,
    String reason,
    @Nullable String clientToken,
    String by,
    @Nullable Integer checkpoint) {

  /** What can be wanted. */
  public enum Kind {
    /** Running events end, nothing new starts, and the rollout is over. */
    STOP,
    /** Running events end, and nothing new starts until it is resumed. */
    PAUSE,
    /** A paused rollout goes on. */
    RESUME,
    /** A rollout that waits for an approval goes on. */
    APPROVE,
    /** A rollout that waits for an approval is stopped. */
    REJECT,
    /** The sign of life that a rollout may need, see {@link dev.slipway.guard.Pulse}. */
    PULSE,
    /** Blue/green: replacement hosts that wait for it get the traffic. */
    SWITCH_TRAFFIC,
    /** Blue/green: original hosts whose time is not over yet end now. */
    TERMINATE_ORIGINALS
  }

  /** A request of nobody in particular. */
  public RolloutRequest(
      Kind kind, @Nullable Duration grace, String reason, @Nullable String clientToken) {
    this(kind, grace, reason, clientToken, "", null);
  }

  /**
   * Checks what belongs to what.
   *
   * @throws RequestException if a grace is negative or without a stop, or a checkpoint is less than
   *     1 or without an approval or a rejection
   */
  public RolloutRequest {
    if (grace != null && kind != Kind.STOP) {
      throw new RequestException("a grace belongs to a stop, not to " + kind);
    }
    if (grace != null && grace.isNegative()) {
      throw new RequestException("grace must be at least zero, but was " + grace);
    }
    if (checkpoint != null && kind != Kind.APPROVE && kind != Kind.REJECT) {
      throw new RequestException("a checkpoint belongs to an approval, not to " + kind);
    }
    if (checkpoint != null && checkpoint < 1) {
      throw new RequestException("checkpoints are counted from 1, but it was " + checkpoint);
    }
  }

  /** Returns a request to stop once running events have ended, however long they take. */
  public static RolloutRequest stop(String reason) {
    return new RolloutRequest(Kind.STOP, null, reason, null);
  }

  /**
   * Returns a request to stop within a bound: events that still run when the grace is over are
   * ended by force, and their hosts have failed.
   *
   * @param grace how long running events may go on, at least zero
   * @throws RequestException if it is negative
   */
  public static RolloutRequest stop(Duration grace, String reason) {
    return new RolloutRequest(Kind.STOP, grace, reason, null);
  }

  /** Returns a request to rest. */
  public static RolloutRequest pause(String reason) {
    return new RolloutRequest(Kind.PAUSE, null, reason, null);
  }

  /** Returns a request to go on after a pause. */
  public static RolloutRequest resume(String reason) {
    return new RolloutRequest(Kind.RESUME, null, reason, null);
  }

  /**
   * Returns a request to go on after the checkpoint at which it stands just then. One that does not
   * wait for an approval just then ignores it.
   *
   * @param by who approves, may be empty
   * @param comment in words, may be empty
   */
  public static RolloutRequest approve(String by, String comment) {
    return new RolloutRequest(Kind.APPROVE, null, comment, null, by, null);
  }

  /**
   * Returns a request to stop at the checkpoint at which it stands just then. One that does not
   * wait for an approval just then ignores it.
   *
   * @param by who rejects, may be empty
   * @param comment in words, may be empty
   */
  public static RolloutRequest reject(String by, String comment) {
    return new RolloutRequest(Kind.REJECT, null, comment, null, by, null);
  }

  /** Returns the sign of life that a rollout may need. */
  public static RolloutRequest pulse() {
    return new RolloutRequest(Kind.PULSE, null, "", null);
  }

  /** Returns a request to switch traffic to replacement hosts that are ready. */
  public static RolloutRequest switchTraffic(String reason) {
    return new RolloutRequest(Kind.SWITCH_TRAFFIC, null, reason, null);
  }

  /** Returns a request to end the original hosts now that still wait for it. */
  public static RolloutRequest terminateOriginals(String reason) {
    return new RolloutRequest(Kind.TERMINATE_ORIGINALS, null, reason, null);
  }

  /**
   * Returns this approval or rejection for one checkpoint: a rollout that stands at another, or has
   * passed it, ignores it.
   *
   * @param number of the checkpoint, from 1, see {@link Rollout#awaitedApproval}
   * @throws RequestException if it is less than 1, or this is something else
   */
  public RolloutRequest at(int number) {
    return new RolloutRequest(kind, grace, reason, clientToken, by, number);
  }

  /** Returns this request as one that counts once, however often it is made. */
  public RolloutRequest once(String token) {
    return new RolloutRequest(kind, grace, reason, token, by, checkpoint);
  }
}
