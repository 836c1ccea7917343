package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;
import dev.slipway.event.HostLost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one host stands.
 *
 * @param host which
 * @param status where it stands; a host that never started stays pending here when the rollout
 *     ends, see {@link RolloutState#statusOf}
 * @param since since when, {@link Instant#EPOCH} while it is pending
 * @param runs the lifecycle events that are over, in order, one entry to an attempt
 * @param running the event that it has been offered, or null
 * @param lost why it cannot be reached just now, or null when it can as far as one knows
 * @param check the gate that it waits for after its last event, or null
 * @param reason why it failed, empty otherwise
 */
public record HostState(
    ScheduledHost host,
    HostStatus status,
    Instant since,
    List<EventRun> runs,
    @Nullable RunningEvent running,
    @Nullable HostLost lost,
    @Nullable Check check,
    String reason)
    implements TableNode {

  /** Copies the list in. */
  public HostState {
    runs = List.copyOf(runs);
  }

  static HostState pending(ScheduledHost host) {
    return new HostState(host, HostStatus.PENDING, Instant.EPOCH, List.of(), null, null, null, "");
  }

  HostState started(Instant at) {
    return become(HostStatus.IN_PROGRESS, at, "");
  }

  HostState ready(Instant at) {
    return become(HostStatus.READY, at, "");
  }

  HostState offered(RunningEvent next) {
    return new HostState(host, status, since, runs, next, lost, check, reason);
  }

  HostState acknowledged(RunningEvent taken) {
    return new HostState(host, status, since, runs, taken, null, check, reason);
  }

  HostState ran(EventRun run) {
    List<EventRun> all = new ArrayList<>(runs.size() + 1);
    all.addAll(runs);
    all.add(run);
    return new HostState(host, status, since, all, null, null, check, reason);
  }

  HostState reachable(@Nullable HostLost nowLost) {
    return new HostState(host, status, since, runs, running, nowLost, check, reason);
  }

  HostState checked(Check now) {
    return new HostState(host, status, since, runs, running, lost, now, reason);
  }

  HostState ended(HostStatus next, Instant at, String why) {
    return become(next, at, why);
  }

  private HostState become(HostStatus next, Instant at, String why) {
    if (!status.canBecome(next)) {
      throw new IllegalStateException(host.id() + " is " + status + " and cannot become " + next);
    }
    return new HostState(host, next, at, runs, running, lost, null, why);
  }

  /** The last event that is over, or null when none is. */
  @Nullable EventRun lastRun() {
    return runs.isEmpty() ? null : runs.get(runs.size() - 1);
  }

  @Override
  public int pending() {
    return status == HostStatus.PENDING ? 1 : 0;
  }

  @Override
  public int inFlight() {
    return status == HostStatus.IN_PROGRESS ? 1 : 0;
  }

  @Override
  public Instant deadline() {
    if (running != null) {
      return running.deadline();
    }
    return check == null ? Instant.MAX : check.due();
  }
}
