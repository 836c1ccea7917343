package dev.slipway.transport.ssh;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.failure.DeployException;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
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
 * is lost. Works on one command at a time.
 *
 * <p>Thread-safe. Its monitor guards its fields and is never held while something blocks; the
 * connection belongs to the thread that works.
 */
final class HostSession {

  private static final Logger LOG = LoggerFactory.getLogger(HostSession.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 6;

  private final String name;
  private final HostWork work;
  private final Workers workers;
  private final Deque<Attempt> waiting = new ArrayDeque<>();
  private final Map<CommandKey, Diagnostics> ended = new HashMap<>();
  private @Nullable Attempt current;
  private boolean released;

  HostSession(String name, HostWork work, Workers workers) {
    this.name = name;
    this.work = work;
    this.workers = workers;
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
        waiting.add(new Attempt(command, reports));
        if (current != null || released) {
          return;
        }
        current = waiting.remove();
      }
    }
    if (end != null) {
      reports.finished(command.key(), end);
    } else {
      workers.now(this::workOff);
    }
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
    boolean neverStarted;
    synchronized (this) {
      attempt = find(key);
      if (attempt == null) {
        return;
      }
      neverStarted = !attempt.isSent();
      if (neverStarted) {
        attempt.cancel();
        waiting.remove(attempt);
      } else if (mode == CancelMode.TERMINATE) {
        attempt.wantStop();
      }
    }
    if (neverStarted) {
      finish(attempt, notStarted());
    } else if (mode == CancelMode.TERMINATE) {
      workers.aside(() -> work.stop(attempt));
    }
  }

  private static Diagnostics notStarted() {
    return Diagnostics.unknownError(
        "The event was not started on the host, because the deployment was stopped.");
  }

  /** Lets go of the host; what runs there goes on, and nothing more is reported. */
  void release() {
    Attempt last;
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
      waiting.clear();
      last = current != null && current.isStopWanted() ? current : null;
    }
    workers.aside(
        () -> {
          if (last != null) {
            // The order to stop may still be on its way on another thread.
            work.stop(last);
          }
          work.close();
        });
  }

  /** Looks whether a silent connection still lives. */
  void probe() {
    work.probe();
  }

  private void workOff() {
    Attempt attempt = next();
    while (attempt != null) {
      if (!tryOnce(attempt)) {
        Duration pause = pauseAfter(attempt.failures());
        workers.later(pause, this::workOff);
        return;
      }
      attempt = nextAfter(attempt);
    }
  }

  private synchronized @Nullable Attempt next() {
    return released ? null : current;
  }

  private synchronized @Nullable Attempt nextAfter(Attempt done) {
    if (current == done) {
      current = waiting.poll();
    }
    return released ? null : current;
  }

  /** Returns whether the command is over, one way or the other. */
  private boolean tryOnce(Attempt attempt) {
    try {
      Diagnostics end = work.perform(attempt, this);
      finish(attempt, end);
      return true;
    } catch (LinkFailure e) {
      return unreachable(attempt, e.reason(), e.text());
    } catch (IOException e) {
      return unreachable(
          attempt, UnreachableReason.CONNECTION_LOST, "The connection to the host broke: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (HostUnfitException e) {
      work.hangUp();
      finish(attempt, Diagnostics.unknownError(e.text()));
      return true;
    } catch (InstallRefusedException | DeployException | IllegalArgumentException e) {
      finish(attempt, Diagnostics.unknownError(String.valueOf(e.getMessage())));
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} on {} ended in an unexpected way", attempt.key(), name, e);
      work.hangUp();
      finish(attempt, Diagnostics.unknownError("Slipway failed on the control side: " + e));
      return true;
    }
  }

  /** Returns whether it is pointless to try again. */
  private boolean unreachable(Attempt attempt, UnreachableReason reason, String message) {
    work.hangUp();
    boolean first;
    boolean isOver;
    synchronized (this) {
      if (released || attempt.isCancelled()) {
        return true;
      }
      first = !attempt.isUnreachable();
      isOver = reason.isFinal() && !attempt.isSent();
      attempt.markUnreachable(true);
    }
    LOG.debug("{} cannot be reached: {}", name, message);
    if (first) {
      // A host that was lost while it worked may refuse us while it starts again.
      UnreachableReason said =
          isOver || !reason.isFinal() ? reason : UnreachableReason.CONNECTION_LOST;
      attempt.reports().unreachable(attempt.key(), said, message);
    }
    return isOver;
  }

  /** Says that the host is reachable, if it was not. */
  void reached(Attempt attempt) {
    boolean back;
    synchronized (this) {
      back = attempt.isUnreachable();
      attempt.markUnreachable(false);
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
    attempt.markSent(true);
    return true;
  }

  /** Notes that the host knows nothing of the command. */
  synchronized void notSent(Attempt attempt) {
    attempt.markSent(false);
  }

  synchronized boolean isStopWanted(Attempt attempt) {
    return attempt.isStopWanted();
  }

  private void finish(Attempt attempt, Diagnostics end) {
    synchronized (this) {
      if (ended.putIfAbsent(attempt.key(), end) != null) {
        return;
      }
    }
    attempt.reports().finished(attempt.key(), end);
  }

  private static Duration pauseAfter(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  @Override
  public String toString() {
    return name;
  }
}
