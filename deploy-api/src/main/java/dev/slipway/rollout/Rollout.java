package dev.slipway.rollout;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.event.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a rollout. It only looks and asks: losing it stops nothing.
 *
 * <p>Thread-safe.
 */
public interface Rollout {

  /** Returns its id. */
  DeploymentId id();

  /** Returns what it was created as. */
  RolloutSummary summary();

  /** Returns its state. */
  DeploymentStatus status();

  /** Returns how many hosts stand where. */
  DeploymentOverview overview();

  /** Returns how each host stands or has ended, in scheduling order. */
  List<HostResult> hosts();

  /** Returns the events that there are by now, in order. */
  List<RecordedEvent> recorded();

  /** Returns whether some process drives the rollouts of its runtime just now. */
  boolean isDriven();

  /**
   * Returns all events after a sequence number, those to come included; it completes after the end
   * of the rollout. A slow subscriber delays nobody and misses nothing.
   *
   * @param after 0 for all
   */
  Flow.Publisher<RecordedEvent> events(long after);

  /** Hands all events, from the first, to the listener, in order, on a thread of the engine. */
  void onEvent(Consumer<RecordedEvent> listener);

  /** Returns what scripts have printed by now, as far as it is kept, in the order it came in. */
  List<HostOutput> output();

  /**
   * Hands what scripts print to the listener, from the beginning and until the rollout is over, on
   * a thread of the engine: as much of it as the store keeps and the transport tells, whichever
   * process drives.
   *
   * @return is complete, without a value, when the rollout is over and all was handed over; never
   *     so when the deployer is closed before
   */
  CompletionStage<@Nullable Void> onOutput(Consumer<HostOutput> listener);

  /**
   * Waits for the end.
   *
   * @param atMost how long
   * @return empty when it is not over by then, or the wait was interrupted; nothing is stopped
   */
  Optional<RolloutResult> await(Duration atMost);

  /**
   * Waits for the end of a rollout that was asked to stop. It asks nothing itself. A stop with a
   * grace takes that, and 10 seconds in which hosts say how what was ended by force has ended.
   *
   * @param atMost how long
   * @return how it ended, or who is still busy; nothing more is stopped by the end of the wait
   */
  default StopReport awaitStop(Duration atMost) {
    return await(atMost)
        .map(result -> new StopReport(result, List.of()))
        .orElseGet(() -> new StopReport(null, running()));
  }

  /** Returns the rollback that this rollout has led to, if any. */
  Optional<Rollout> rollback();

  /** Returns the rollout that brings its revision to hosts that have appeared since, if any. */
  Optional<Rollout> update();

  /**
   * Puts a request where whoever drives it takes it in. Returns at once.
   *
   * @return whether somebody drives it just now and will see to it soon; if not, the request is
   *     kept until somebody does
   */
  boolean request(RolloutRequest request);

  /**
   * Asks it to stop: running events end, nothing new starts. Returns at once.
   *
   * @param reason in words, may be empty
   * @return as {@link #request}
   */
  default boolean stop(String reason) {
    return request(RolloutRequest.stop(reason));
  }

  /**
   * Asks it to stop within a bound: events that still run when the grace is over are ended by
   * force, and their hosts have failed. Returns at once.
   *
   * @param grace how long running events may go on, at least zero
   * @param reason in words, may be empty
   * @return as {@link #request}
   * @throws dev.slipway.failure.RequestException if the grace is negative
   */
  default boolean stop(Duration grace, String reason) {
    return request(RolloutRequest.stop(grace, reason));
  }

  /**
   * Asks it to rest: running events end, nothing new starts until it is resumed, however long that
   * takes: the time that the rollout may take stands still once nothing runs on a host. Deadlines
   * of what runs, of gates and of approvals go on. Returns at once.
   *
   * @param reason in words, may be empty
   * @return as {@link #request}
   */
  default boolean pause(String reason) {
    return request(RolloutRequest.pause(reason));
  }

  /**
   * Asks it to go on after a pause. Returns at once.
   *
   * @param reason in words, may be empty
   * @return as {@link #request}
   */
  default boolean resume(String reason) {
    return request(RolloutRequest.resume(reason));
  }

  /**
   * Says that it may go on after the checkpoint at which it stands just now, and after no other:
   * however late that is taken in, it does not count for the next one. Returns at once. One that
   * does not wait for an approval just then ignores it; {@link #awaitedApproval} says whether it
   * does.
   *
   * @param by who approves, may be empty
   * @param comment in words, may be empty
   * @return as {@link #request}
   */
  default boolean approve(String by, String comment) {
    return request(RolloutRequest.approve(by, comment));
  }

  /**
   * Says that it may go on after a checkpoint, as {@link #approve(String, String)}; ignored when it
   * does not wait for an approval there.
   *
   * @param checkpoint its number, from 1
   */
  default boolean approve(int checkpoint, String by, String comment) {
    return request(RolloutRequest.approve(by, comment).at(checkpoint));
  }

  /**
   * Says that it may not, so that it stops. Returns at once; ignored as {@link #approve(String,
   * String)} is.
   *
   * @param by who rejects, may be empty
   * @param comment in words, may be empty
   * @return as {@link #request}
   */
  default boolean reject(String by, String comment) {
    return request(RolloutRequest.reject(by, comment));
  }

  /**
   * Says that it may not go on after a checkpoint, as {@link #reject(String, String)}; ignored when
   * it does not wait for an approval there.
   *
   * @param checkpoint its number, from 1
   */
  default boolean reject(int checkpoint, String by, String comment) {
    return request(RolloutRequest.reject(by, comment).at(checkpoint));
  }

  /**
   * Returns the number of the checkpoint, from 1, at which somebody must approve that it goes on;
   * empty when it waits for no approval.
   */
  OptionalInt awaitedApproval();

  /**
   * Gives the sign of life that it may need. Returns at once.
   *
   * @return as {@link #request}
   */
  default boolean pulse() {
    return request(RolloutRequest.pulse());
  }

  /** Returns since when and why it rests; empty when it does not, or is being stopped. */
  Optional<Pause> paused();

  /** Returns what hosts run just now, in scheduling order: what a stop or a pause waits for. */
  List<RunningHost> running();

  /**
   * Starts a new rollout of the same revision to the hosts that failed or were not started. Hosts
   * that have succeeded count as healthy; zones do not matter any more. Repeating it before the
   * retry is over returns the same one.
   *
   * @throws dev.slipway.failure.RequestException if it is not over, no such host is left, or the
   *     deployment group has been deployed to since
   */
  Rollout retry();

  /** Returns the rollout that this one retries, if any. */
  Optional<DeploymentId> retryOf();

  /** Returns why it does not move, as data; empty when it is over or moving freely. */
  List<Hold> explain();
}
