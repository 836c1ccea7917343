package dev.slipway.transport.ssh;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.failure.DeployException;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import dev.slipway.transport.ssh.Attempt.OnHost;
import dev.slipway.transport.ssh.Attempt.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One deployment on one host: a connection that is kept from event to event, and made again when it
 * is lost. Works on one command at a time, and has a thread only while there is something to do: an
 * event that runs on the host needs none.
 *
 * <p>Thread-safe. Its monitor guards its fields and is never held while something blocks; the
 * connection belongs to the thread whose turn it is.
 */
final class HostSession {

  /** How a command ends that was taken back in time. */
  static final Diagnostics NOT_STARTED =
      Diagnostics.unknownError(
          "The event was not started on the host, because the deployment was stopped.");

  private static final Logger LOG = LoggerFactory.getLogger(HostSession.class);

  private final String name;
  private final HostWork work;
  private final Workers workers;
  private final Retries retries;
  private final Deque<Attempt> waiting = new ArrayDeque<>();
  private final Map<CommandKey, Diagnostics> ended = new HashMap<>();
  private @Nullable Attempt current;
  private boolean released;

  /** Whether a thread has the turn, or will have it. */
  private boolean busy;

  /** Whether that thread must look once more before it goes. */
  private boolean again;

  /** Whether that thread is in the middle of a step: it may wait for the host there. */
  private boolean inStep;

  HostSession(String name, HostWork work, Workers workers, Retries retries) {
    this.name = name;
    this.work = work;
    this.workers = workers;
    this.retries = retries;
  }

  /** Begins a command, or attaches the reports to one that is there. */
  void offer(HostCommand command, Reports reports) {
    Diagnostics end;
    synchronized (this) {
      end = ended.get(command.key());
      if (end == null) {
        Attempt known = find(command.key());
        if (known != null) {
          known.reportTo(reports);
          return;
        }
        waiting.add(new Attempt(command, reports, firstOfAll() ? OnHost.UNKNOWN : OnHost.ABSENT));
      }
    }
    if (end != null) {
      reports.finished(command.key(), end);
    } else {
      wake();
    }
  }

  /** Only what comes first can have been begun by an earlier process, which then ended. */
  private boolean firstOfAll() {
    return current == null && waiting.isEmpty() && ended.isEmpty();
  }

  private @Nullable Attempt find(CommandKey key) {
    if (current != null && current.key().equals(key)) {
      return current;
    }
    return waiting.stream().filter(one -> one.key().equals(key)).findFirst().orElse(null);
  }

  /** Ends a command; its end is reported as usual. */
  void cancel(CommandKey key, CancelMode mode) {
    Attempt attempt;
    OnHost onHost;
    boolean isFollowed;
    boolean mayWait;
    synchronized (this) {
      attempt = find(key);
      if (attempt == null) {
        return;
      }
      onHost = attempt.onHost();
      // Before that, whoever sends looks for the wish once the event is started.
      isFollowed = attempt.phase() == Phase.FOLLOWED;
      mayWait = inStep && attempt == current && !isFollowed;
      attempt.cancel();
      if (mode == CancelMode.TERMINATE) {
        attempt.wantStop();
      }
    }
    if (onHost == OnHost.ABSENT) {
      finish(attempt, NOT_STARTED);
      wake();
    } else if (isFollowed && mode == CancelMode.TERMINATE) {
      workers.aside(() -> work.stop(attempt));
    }
    if (mayWait) {
      // What is asked or sent is of no use any more, and the host may be slow. If it may have the
      // event, it is asked for that anew.
      workers.aside(work::hangUp);
    }
  }

  /** Lets go of the host; what runs there goes on, and nothing more is reported. */
  void release() {
    Attempt last;
    boolean isAtRest;
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
      isAtRest =
          !inStep && waiting.isEmpty() && (current == null || ended.containsKey(current.key()));
      waiting.clear();
      last = current != null && mayStillNeedStop(current) ? current : null;
    }
    workers.aside(
        () -> {
          try {
            if (last != null) {
              // The order to stop may still be on its way on another thread.
              work.stop(last);
            }
          } finally {
            work.close(isAtRest);
          }
        });
  }

  /** An event that is not started yet needs none, and to wait for what is being sent is no use. */
  private boolean mayStillNeedStop(Attempt attempt) {
    return attempt.isStopWanted()
        && attempt.phase() == Phase.FOLLOWED
        && !ended.containsKey(attempt.key());
  }

  /** Looks whether a silent connection still lives. */
  void probe() {
    work.probe();
  }

  /** Has a thread look what there is to do; the one that does already looks once more. */
  void wake() {
    if (begins()) {
      workers.talk(this::turn);
    }
  }

  private synchronized boolean begins() {
    again = busy;
    boolean first = !busy;
    busy = true;
    return first;
  }

  private void turn() {
    try {
      takeSteps();
    } catch (RuntimeException | Error e) {
      LOG.error("{} is looked after again, because a turn ended in an unexpected way", name, e);
      work.hangUp();
      rest();
      workers.later(retries.pauseAfter(1), this::wake);
    }
  }

  private synchronized void rest() {
    busy = false;
    again = false;
  }

  private void takeSteps() {
    do {
      Attempt attempt = attempt();
      while (attempt != null && advance(attempt)) {
        if (phase(attempt) == Phase.TO_SEND) {
          workers.transfer(this::turn);
          return;
        }
        attempt = attempt();
      }
    } while (!rests());
  }

  private synchronized boolean rests() {
    busy = again;
    again = false;
    return !busy;
  }

  /** Returns the command to go on with; null when there is none. */
  private synchronized @Nullable Attempt attempt() {
    while (!released && (current == null || ended.containsKey(current.key()))) {
      current = waiting.poll();
      if (current == null) {
        return null;
      }
    }
    return released ? null : current;
  }

  private synchronized Phase phase(Attempt attempt) {
    return attempt.phase();
  }

  /** Notes what is to be done for the command next. */
  synchronized void next(Attempt attempt, Phase phase) {
    attempt.phase(phase);
  }

  /** Does what is next for the command; returns whether there is more to do at once. */
  private boolean advance(Attempt attempt) {
    Phase phase = phase(attempt);
    if (phase == Phase.TO_BEGIN && mustWait(attempt)) {
      return false;
    }
    try {
      Diagnostics end = step(attempt, phase);
      if (end != null) {
        end(attempt, end);
        return true;
      }
      return phase(attempt) != phase;
    } catch (LinkFailure e) {
      return unreachable(attempt, e.reason(), e.text());
    } catch (IOException e) {
      return unreachable(
          attempt, UnreachableReason.CONNECTION_LOST, "The connection to the host broke: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (HostUnfitException e) {
      work.hangUp();
      finish(attempt, Diagnostics.unknownError(e.text()));
      return true;
    } catch (InstallRefusedException | DeployException | IllegalArgumentException e) {
      end(attempt, Diagnostics.unknownError(String.valueOf(e.getMessage())));
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} on {} ended in an unexpected way", attempt.key(), name, e);
      work.hangUp();
      finish(attempt, Diagnostics.unknownError("Slipway failed on the control side: " + e));
      return true;
    }
  }

  private @Nullable Diagnostics step(Attempt attempt, Phase phase)
      throws LinkFailure, IOException, HostUnfitException, InterruptedException {
    inStep(true);
    try {
      return switch (phase) {
        case TO_BEGIN -> work.begin(attempt, this);
        case TO_SEND -> work.send(attempt, this);
        case FOLLOWED -> work.listen(attempt, this);
        case PAUSED -> null;
      };
    } finally {
      inStep(false);
    }
  }

  private synchronized void inStep(boolean isNow) {
    inStep = isNow;
  }

  /** Ends a command, after the scripts for its failure if there are any. */
  private void end(Attempt attempt, Diagnostics end) {
    if (!end.isSuccess() && !attempt.isFollowingOnFailure() && !isCancelled(attempt)) {
      try {
        if (work.runOnFailure(attempt, end, this)) {
          return;
        }
      } catch (IOException e) {
        LOG.debug("{}: the scripts for a failure cannot run", attempt.key(), e);
      } catch (RuntimeException e) {
        // Whatever is wrong with them, the event has ended; to come again would only repeat that.
        LOG.warn("{}: the scripts for a failure cannot run", attempt.key(), e);
      }
    }
    finish(attempt, end);
  }

  /**
   * Connections may be begun at a certain rate only; whoever has to wait does so without a thread.
   */
  private boolean mustWait(Attempt attempt) {
    if (work.isConnected()) {
      return false;
    }
    synchronized (this) {
      if (attempt.useGrant()) {
        return false;
      }
      Duration wait = retries.untilNextStart();
      if (wait.isZero()) {
        return false;
      }
      attempt.grant();
      attempt.phase(Phase.PAUSED);
      workers.later(wait, () -> goOn(attempt));
      return true;
    }
  }

  /**
   * Says that the host is lost, and tries again after a pause: until the host is released.
   *
   * @return whether there is more to do at once
   */
  private boolean unreachable(Attempt attempt, UnreachableReason found, String message) {
    work.hangUp();
    UnreachableReason reason;
    boolean isNews;
    Duration pause;
    synchronized (this) {
      if (released || ended.containsKey(attempt.key())) {
        return !released;
      }
      // A host that was lost while it worked may refuse us while it starts again.
      reason = found.isFinal() && attempt.isTaken() ? UnreachableReason.CONNECTION_LOST : found;
      isNews = reason != attempt.unreachable();
      attempt.lost(reason);
      attempt.phase(Phase.PAUSED);
      pause = retries.pauseAfter(attempt.failures());
    }
    LOG.debug("{} cannot be reached: {}", name, message);
    if (isNews) {
      attempt.reports().unreachable(attempt.key(), reason, message);
    }
    workers.later(pause, () -> goOn(attempt));
    return false;
  }

  private void goOn(Attempt attempt) {
    boolean failedBefore;
    synchronized (this) {
      if (attempt.phase() == Phase.PAUSED) {
        attempt.phase(Phase.TO_BEGIN);
      }
      failedBefore = attempt.failures() > 0;
    }
    if (!failedBefore) {
      wake();
    } else if (begins()) {
      workers.talkAgain(this::turn);
    }
  }

  /** Says that the host is reachable, if it was not. */
  void reached(Attempt attempt) {
    boolean back;
    synchronized (this) {
      back = attempt.unreachable() != null;
      attempt.reached();
    }
    if (back) {
      attempt.reports().back(attempt.key());
    }
  }

  /** Returns whether the command may be sent, and notes that it is. */
  synchronized boolean maySend(Attempt attempt) {
    if (attempt.isCancelled()) {
      return false;
    }
    attempt.onHost(OnHost.SENT);
    return true;
  }

  /** Notes that the host has begun the command. */
  synchronized void begun(Attempt attempt) {
    attempt.onHost(OnHost.BEGUN);
  }

  /** Returns whether the host has said that it has begun the command. */
  synchronized boolean hasBegun(Attempt attempt) {
    return attempt.onHost() == OnHost.BEGUN;
  }

  /** Notes that the host knows nothing of the command; returns whether it may be sent then. */
  synchronized boolean absent(Attempt attempt) {
    if (attempt.onHost() == OnHost.UNKNOWN && !attempt.isCancelled()) {
      attempt.onHost(OnHost.ABSENT);
    }
    return !attempt.isCancelled();
  }

  /** Returns whether nobody waits for the command any more. */
  synchronized boolean isOver(Attempt attempt) {
    return released || ended.containsKey(attempt.key());
  }

  private synchronized boolean isCancelled(Attempt attempt) {
    return attempt.isCancelled();
  }

  synchronized boolean isStopWanted(Attempt attempt) {
    return attempt.isStopWanted();
  }

  private void finish(Attempt attempt, Diagnostics end) {
    synchronized (this) {
      if (released || ended.putIfAbsent(attempt.key(), end) != null) {
        return;
      }
    }
    attempt.reports().finished(attempt.key(), end);
  }

  @Override
  public String toString() {
    return name;
  }
}
