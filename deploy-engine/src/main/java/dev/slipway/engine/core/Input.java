package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.RollbackWish;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that the core has to take into account, with the instant at which it came in. Any input
 * may come late, twice or out of order: what does not fit any more is ignored.
 */
public sealed interface Input {

  /** When it came in. */
  Instant at();

  /** Hands this input to the method that takes it in. */
  void accept(Handler handler);

  /** Takes inputs in. */
  interface Handler {

    /** The rollout shall begin. */
    void begin(Begin input);

    /** Somebody else drives it from now on. */
    void takenOver(TakenOver input);

    /** A host has taken a lifecycle event. */
    void acknowledged(Acknowledged input);

    /** A lifecycle event of a host is over. */
    void finished(Finished input);

    /** A host cannot be reached. */
    void unreachable(Unreachable input);

    /** A host that was lost is reachable again. */
    void back(Back input);

    /** A host has left the inventory. */
    void gone(Gone input);

    /** Somebody has looked where hosts stand in traffic. */
    void trafficSeen(TrafficSeen input);

    /** Somebody wants traffic to be switched to replacement hosts that are ready. */
    void switchTraffic(SwitchTraffic input);

    /** Somebody wants the original hosts to end that still wait for it. */
    void terminateOriginals(TerminateOriginals input);

    /** The terminator of the original hosts has answered. */
    void terminated(Terminated input);

    /** Somebody wants the rollout to stop. */
    void stop(Stop input);

    /** Somebody wants the rollout to rest. */
    void pause(Pause input);

    /** Somebody wants the rollout to go on after a rest. */
    void resume(Resume input);

    /** A gate, or the source of alarms, has answered. */
    void answered(Answered input);

    /** Somebody approves that the rollout goes on. */
    void approve(Approve input);

    /** Somebody wants it to end instead. */
    void reject(Reject input);

    /** The sign of life that the rollout needs has come. */
    void pulse(Pulse input);

    /** Somebody has looked which hosts have joined the fleet. */
    void joined(Joined input);
  }

  /** The rollout shall begin. */
  record Begin(Instant at) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.begin(this);
    }
  }

  /** Whether deadlines that lie before it have passed when this input is taken in. */
  default boolean passesTime() {
    return true;
  }

  /** Whether more inputs wait than the list holds. */
  default boolean hasMoreBehind() {
    return false;
  }

  /**
   * Somebody drives it from now on who did not before. Comes first in a list: for how long nobody
   * has driven it is not known, so what was asked outside is asked once more before silence counts.
   */
  record TakenOver(Instant at) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.takenOver(this);
    }

    /** What waits behind it may have come in time. */
    @Override
    public boolean passesTime() {
      return false;
    }
  }

  /** Time has passed. Comes last in a list after which no other input waits. */
  record Tick(Instant at) implements Input {
    @Override
    public void accept(Handler handler) {}
  }

  /**
   * It is now, but more inputs wait. Comes last in a list that is not all there is: what is decided
   * counts from now, and no deadline passes, because a report in time may be among those that wait.
   */
  record More(Instant at) implements Input {
    @Override
    public void accept(Handler handler) {}

    @Override
    public boolean passesTime() {
      return false;
    }

    @Override
    public boolean hasMoreBehind() {
      return true;
    }
  }

  /** A host has taken a lifecycle event. */
  record Acknowledged(Instant at, HostId host, LifecycleEvent event, int attempt) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.acknowledged(this);
    }
  }

  /** A lifecycle event of a host is over; {@link Diagnostics#isSuccess()} says how. */
  record Finished(
      Instant at, HostId host, LifecycleEvent event, int attempt, Diagnostics diagnostics)
      implements Input {
    @Override
    public void accept(Handler handler) {
      handler.finished(this);
    }
  }

  /** A host cannot be reached; what became of the event is not known. */
  record Unreachable(
      Instant at,
      HostId host,
      LifecycleEvent event,
      int attempt,
      UnreachableReason reason,
      String message)
      implements Input {
    @Override
    public void accept(Handler handler) {
      handler.unreachable(this);
    }
  }

  /** A host that was lost is reachable again. */
  record Back(Instant at, HostId host) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.back(this);
    }
  }

  /** A host has left the inventory: it was terminated or deregistered. */
  record Gone(Instant at, HostId host) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.gone(this);
    }
  }

  /**
   * Somebody has looked where hosts stand in traffic.
   *
   * @param lookedAt before the look: it says nothing of a host that was told to switch after that
   * @param states where each of the hosts stands
   */
  record TrafficSeen(Instant at, Instant lookedAt, Map<HostId, TrafficState> states)
      implements Input {

    /** Copies the map in. */
    public TrafficSeen {
      states = Collections.unmodifiableMap(new TreeMap<>(states));
    }

    @Override
    public void accept(Handler handler) {
      handler.trafficSeen(this);
    }
  }

  /**
   * Somebody wants the original hosts to end that still wait for it.
   *
   * @param reason may be empty
   */
  record TerminateOriginals(Instant at, String reason) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.terminateOriginals(this);
    }
  }

  /**
   * The terminator of the original hosts has answered.
   *
   * @param attempt the number of the order
   * @param refusal why original hosts may go on, or empty
   */
  record Terminated(Instant at, int attempt, String refusal) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.terminated(this);
    }
  }

  /**
   * Somebody wants traffic to be switched to replacement hosts that are ready.
   *
   * @param reason in words, may be empty
   */
  record SwitchTraffic(Instant at, String reason) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.switchTraffic(this);
    }
  }

  /**
   * Somebody wants the rollout to stop.
   *
   * @param cause MANUAL_STOP or ALARM_ACTIVE; or that its application or group is missing, with
   *     which it fails
   * @param rollback whether the last revision that worked is deployed again
   * @param grace how long running events may go on before they are ended by force, or null for as
   *     long as they take
   * @param reason in words, may be empty
   */
  record Stop(
      Instant at, ErrorCode cause, RollbackWish rollback, @Nullable Duration grace, String reason)
      implements Input {
    @Override
    public void accept(Handler handler) {
      handler.stop(this);
    }
  }

  /**
   * Somebody wants the rollout to rest.
   *
   * @param reason in words, may be empty
   */
  record Pause(Instant at, String reason) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.pause(this);
    }
  }

  /**
   * Somebody wants the rollout to go on after a rest.
   *
   * @param reason in words, may be empty
   */
  record Resume(Instant at, String reason) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.resume(this);
    }
  }

  /**
   * A gate, or the source of alarms, has answered.
   *
   * @param check what was asked
   * @param name of the gate or the source
   * @param host which host is meant, or null for the fleet
   * @param round the number of the question
   * @param verdict what it says
   * @param message in words, may be empty; shortened when it is long
   * @param again after how long it is asked again when it cannot say yet, 1 s to 1 h
   */
  record Answered(
      Instant at,
      CheckKind check,
      String name,
      @Nullable HostId host,
      int round,
      CheckVerdict verdict,
      String message,
      Duration again)
      implements Input {

    private static final int LONGEST_MESSAGE = 4_000;
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofHours(1);

    /**
     * Brings into bounds what others have said: an answer that could not be taken in would be tried
     * again for ever, and a rollout with it.
     */
    public Answered {
      message = shortened(Objects.requireNonNullElse(message, ""));
      again = within(Objects.requireNonNullElse(again, LATEST));
    }

    private static String shortened(String text) {
      if (text.length() <= LONGEST_MESSAGE) {
        return text;
      }
      boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_MESSAGE - 1));
      return text.substring(0, splits ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
    }

    private static Duration within(Duration time) {
      if (time.compareTo(SOONEST) < 0) {
        return SOONEST;
      }
      return time.compareTo(LATEST) > 0 ? LATEST : time;
    }

    @Override
    public void accept(Handler handler) {
      handler.answered(this);
    }

    /** Whether it is what this question still waits for. */
    boolean answers(Check open) {
      return open.isOpen() && open.round() == round;
    }
  }

  /**
   * Somebody approves that the rollout goes on after a checkpoint.
   *
   * @param checkpoint the number of the checkpoint that is meant, from 1, or null for whichever it
   *     stands at, as requests of earlier releases say
   * @param by who, may be empty
   * @param comment in words, may be empty
   */
  record Approve(Instant at, @Nullable Integer checkpoint, String by, String comment)
      implements Input {
    @Override
    public void accept(Handler handler) {
      handler.approve(this);
    }
  }

  /**
   * Somebody wants the rollout to end at a checkpoint.
   *
   * @param checkpoint as in {@link Approve}
   * @param by who, may be empty
   * @param comment in words, may be empty
   */
  record Reject(Instant at, @Nullable Integer checkpoint, String by, String comment)
      implements Input {
    @Override
    public void accept(Handler handler) {
      handler.reject(this);
    }
  }

  /** The sign of life that the rollout needs has come. */
  record Pulse(Instant at) implements Input {
    @Override
    public void accept(Handler handler) {
      handler.pulse(this);
    }
  }

  /**
   * Somebody has looked which hosts have joined the fleet, since all hosts of the rollout are done.
   * It has come too early when they are not.
   *
   * @param hosts which
   * @param update the deployment that would bring them the revision, or null
   * @param trouble why it is not known which, or empty
   */
  record Joined(Instant at, List<HostId> hosts, @Nullable DeploymentId update, String trouble)
      implements Input {

    /** Copies the list in. */
    public Joined {
      hosts = List.copyOf(hosts);
    }

    @Override
    public void accept(Handler handler) {
      handler.joined(this);
    }
  }
}
