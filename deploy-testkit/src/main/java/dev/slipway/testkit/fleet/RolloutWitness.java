package dev.slipway.testkit.fleet;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Clocks;
import dev.slipway.engine.core.Counts;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.engine.core.StateForm;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.CheckpointPassed;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.StopRequested;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.SwitchBegun;
import dev.slipway.event.TerminationOrdered;
import dev.slipway.event.WaveStarted;
import dev.slipway.event.WindowClosed;
import dev.slipway.event.WindowOpened;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.transport.CommandKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows one rollout as its journal grows, and checks every step. Not thread-safe. */
final class RolloutWitness implements EventVisitor {

  private static final Duration LATENESS = Duration.ofMinutes(5);

  private final DeploymentId id;
  private final String group;
  private Instant since;
  private RolloutRecord record;
  private final HostWitness hosts;
  private final SimulatedTraffic traffic;
  private final Violations violations;
  private final Set<CommandKey> intents = new HashSet<>();
  private final List<RecordedEvent> journal = new ArrayList<>();
  private RolloutState state;
  private long stopAccepted = Long.MAX_VALUE;
  private boolean stopSeen;
  private boolean resting;
  private boolean terminationOrdered;
  private @Nullable Instant standsSince;
  private @Nullable Instant closedSince;
  private @Nullable Instant readySince;
  private boolean drains;
  private Duration waited = Duration.ZERO;
  private Instant now = Instant.EPOCH;
  private boolean started;
  private boolean ended;

  RolloutWitness(
      RolloutHeader header, HostWitness hosts, SimulatedTraffic traffic, Violations violations) {
    this.id = header.id();
    this.group = header.deploymentGroup();
    this.since = header.createdAt();
    this.record = RecordCodec.decode(header.specification());
    this.hosts = hosts;
    this.traffic = traffic;
    this.violations = violations;
    this.state = RolloutState.created(record.definition());
    hosts.expect(id, header.deploymentGroup(), record.definition());
  }

  DeploymentId id() {
    return id;
  }

  boolean isOver() {
    return ended;
  }

  /** Whether it is not over, and waits for nobody. */
  boolean isUnderWayIn(String deploymentGroup) {
    return !ended && record.waiting() == null && group.equals(deploymentGroup);
  }

  /** What it is made of now that its turn has come; its deadlines count from here. */
  void specified(RolloutHeader header, Instant now) {
    if (started) {
      throw violations.violation(id + " becomes something else after its start");
    }
    since = now;
    record = RecordCodec.decode(header.specification());
    RolloutState before = state;
    state = RolloutState.created(record.definition());
    for (RecordedEvent event : journal) {
      state = RolloutCore.apply(state, event.event(), event.at());
    }
    if (!before.status().equals(state.status())) {
      throw violations.violation(id + " is " + state.status() + " for having waited");
    }
  }

  boolean isIntended(CommandKey key) {
    return intents.contains(key);
  }

  /** The traffic control is told to switch a host, and has not done so yet. */
  void switching(CommandKey key) {
    if (!intents.contains(key)) {
      throw violations.violation(key + " is told before its intent is committed");
    }
    if (!hosts.isReadyFor(key)) {
      throw violations.violation(key + " is told before what comes before it has succeeded");
    }
    RolloutDefinition definition = record.definition();
    if (key.event() == LifecycleEvent.ALLOW_TRAFFIC) {
      return;
    }
    if (definition.isBlueGreen()) {
      long in = hosts(0, definition.deployedTo()).filter(traffic::isIn).count();
      if (in < Math.max(state.numbers().minimumHealthy(), 1)) {
        throw violations.violation(
            "%s is told while %d replacements have traffic of %s"
                .formatted(key, in, state.numbers()));
      }
    } else if (traffic.isIn(key.host()) && traffic.out() >= hosts.budget(group)) {
      throw violations.violation(
          "%s is told while %d hosts of %s are out of traffic, and %d may be"
              .formatted(key, traffic.out(), group, hosts.budget(group)));
    }
  }

  /** Who ends hosts is told to. */
  void terminating(List<HostId> told) {
    RolloutDefinition definition = record.definition();
    if (!terminationOrdered) {
      throw violations.violation(id + " ends hosts before that is committed: " + told);
    }
    if (!hosts(definition.deployedTo(), definition.hosts().size()).toList().equals(told)) {
      throw violations.violation(id + " ends hosts that are not its original ones: " + told);
    }
  }

  private Stream<HostId> hosts(int from, int to) {
    return record.definition().hosts().subList(from, to).stream().map(ScheduledHost::id);
  }

  /** What is said to have succeeded has: hosts that were deployed to are in traffic, others out. */
  private void checkTraffic() {
    RolloutDefinition definition = record.definition();
    if (definition.lifecycle().traffic() == null) {
      return;
    }
    for (int position = 0; position < definition.hosts().size(); position++) {
      HostId host = definition.hosts().get(position).id();
      boolean isIn = position < definition.deployedTo();
      if (state.statusOf(position) == HostStatus.SUCCEEDED && traffic.isIn(host) != isIn) {
        throw violations.violation(
            "%s succeeded, and %s is %s traffic".formatted(id, host, isIn ? "out of" : "in"));
      }
      if (!isIn && state.statusOf(position) != HostStatus.SUCCEEDED) {
        throw violations.violation("%s succeeded without %s".formatted(id, host));
      }
    }
  }

  /** Where the rollout stands, as it is kept; read again, it must be the same. */
  byte[] snapshot() {
    byte[] form = StateForm.write(state);
    if (!StateForm.read(record.definition(), form).filter(state::equals).isPresent()) {
      throw violations.violation("a snapshot of " + id + " is not what it was made of: " + state);
    }
    return form;
  }

  /** Somebody was told that the rollout will stop. */
  void stopAccepted(long step) {
    stopAccepted = Math.min(stopAccepted, step);
  }

  /**
   * Entries were committed.
   *
   * @param inboxRead the step at which whoever committed them last read the inbox
   */
  void committed(List<JournalEntry> entries, long inboxRead) {
    for (JournalEntry entry : entries) {
      RecordedEvent recorded = JournalCodec.decode(entry);
      if (!started) {
        journal.add(recorded);
      }
      if (ended) {
        throw violations.violation(id + " goes on after its end with " + recorded);
      }
      try {
        state = RolloutCore.apply(state, recorded.event(), recorded.at());
      } catch (IllegalStateException e) {
        throw violations.violation(
            id + " cannot go on with " + recorded + ": " + e.getMessage(), e);
      }
      now = recorded.at();
      recorded.event().accept(this);
      if (ended && record.waiting() == null) {
        checkTime(recorded.at());
      }
      checkNumbers();
    }
    if (ended && started && !stopSeen && !terminationOrdered && stopAccepted < inboxRead) {
      throw violations.violation(id + " ended as if nobody had stopped it");
    }
  }

  /** Whatever fails, deadlines end a rollout; what nobody can do while all is down takes longer. */
  private void checkTime(Instant end) {
    Clocks clocks = record.definition().pace().clocks();
    Instant latest =
        since
            .plus(clocks.rollout())
            .plus(clocks.acknowledgement())
            .plus(clocks.event())
            .plus(waited)
            .plus(LATENESS);
    if (end.isAfter(latest)) {
      throw violations.violation("%s should have ended by %s: %s".formatted(id, latest, end));
    }
  }

  private void checkNumbers() {
    Counts counts = state.counts();
    int off = counts.failed() + counts.inFlight();
    if (off > Math.max(state.numbers().failureBudget(), 0)) {
      throw violations.violation(
          "of %s %d are off or have failed, and %d may"
              .formatted(id, off, state.numbers().failureBudget()));
    }
    if (counts.inFlight() > state.definition().pace().limits().maxParallel()) {
      throw violations.violation("of %s %d are in flight".formatted(id, counts.inFlight()));
    }
  }

  @Override
  public void hostEventOffered(HostEventOffered event) {
    if (stopSeen) {
      throw violations.violation(id + " goes on after a stop with " + event);
    }
    if (resting || (closedSince != null && drains)) {
      throw violations.violation(id + " goes on during a pause with " + event);
    }
    if (!intents.add(new CommandKey(id, event.host(), event.event(), event.attempt()))) {
      throw violations.violation(id + " offers again what it has offered before: " + event);
    }
  }

  @Override
  public void waveStarted(WaveStarted event) {
    if (standsSince != null || closedSince != null) {
      throw violations.violation(id + " does not wait, and starts " + event);
    }
  }

  @Override
  public void checkpointReached(CheckpointReached event) {
    if (state.counts().inFlight() > 0) {
      throw violations.violation(id + " stands with hosts in flight: " + state.counts());
    }
    standsSince = now;
  }

  @Override
  public void checkpointPassed(CheckpointPassed event) {
    waited = waited.plus(since(standsSince));
    standsSince = null;
  }

  @Override
  public void windowClosed(WindowClosed event) {
    closedSince = now;
    drains = event.drains();
  }

  @Override
  public void windowOpened(WindowOpened event) {
    waited = waited.plus(since(closedSince));
    closedSince = null;
  }

  @Override
  public void switchAwaited(SwitchAwaited event) {
    readySince = now;
  }

  @Override
  public void switchBegun(SwitchBegun event) {
    waited = waited.plus(since(readySince));
    readySince = null;
  }

  private Duration since(@Nullable Instant begin) {
    return begin == null ? Duration.ZERO : Duration.between(begin, now);
  }

  @Override
  public void hostFinished(HostFinished event) {
    if (event.status() == HostStatus.SUCCEEDED && !hosts.isDone(id, event.host())) {
      throw violations.violation(
          "of %s %s is said to have succeeded, and has not".formatted(id, event.host()));
    }
  }

  @Override
  public void terminationOrdered(TerminationOrdered event) {
    if (!terminationOrdered) {
      hosts(record.definition().deployedTo(), record.definition().hosts().size())
          .filter(traffic::isIn)
          .findFirst()
          .ifPresent(
              host -> {
                throw violations.violation(id + " ends " + host + ", which has traffic");
              });
    }
    terminationOrdered = true;
  }

  @Override
  public void rollbackPlanned(RollbackPlanned event) {
    if (terminationOrdered) {
      throw violations.violation(id + " goes back to hosts that it has ended");
    }
  }

  @Override
  public void rolloutPaused(RolloutPaused event) {
    resting = true;
  }

  @Override
  public void rolloutResumed(RolloutResumed event) {
    resting = false;
  }

  @Override
  public void rolloutStarted(RolloutStarted event) {
    started = true;
  }

  @Override
  public void stopRequested(StopRequested event) {
    stopSeen = true;
  }

  @Override
  public void rolloutEnded(RolloutEnded event) {
    ended = true;
    waited = waited.plus(since(standsSince)).plus(since(closedSince)).plus(since(readySince));
    Counts counts = state.counts();
    boolean enough = counts.succeeded() >= Math.max(state.numbers().minimumHealthy(), 1);
    if (counts.inFlight() > 0) {
      throw violations.violation(id + " ended while hosts are in flight: " + counts);
    }
    if (event.status() == DeploymentStatus.SUCCEEDED && (!enough || counts.pending() > 0)) {
      throw violations.violation(
          "%s succeeded with %s of %s".formatted(id, counts, state.numbers()));
    }
    if (event.status() == DeploymentStatus.SUCCEEDED) {
      checkTraffic();
    } else if (event.error() == null) {
      throw violations.violation(id + " ended as " + event.status() + " without an error");
    }
    if (stopSeen != (event.status() == DeploymentStatus.STOPPED)) {
      throw violations.violation(
          id + " was " + (stopSeen ? "" : "not ") + "stopped and ended as " + event.status());
    }
  }
}
