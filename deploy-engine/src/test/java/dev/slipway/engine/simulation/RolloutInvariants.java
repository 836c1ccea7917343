package dev.slipway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Counts;
import dev.slipway.engine.core.Decision;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Explanation;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.StateForm;
import dev.slipway.engine.core.ZoneSlice;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.StopRequested;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What must hold after each step of a rollout, whatever hosts, strategy and people do. Now and then
 * it lets the process crash after a commit: effects are lost, and what the journal says is done
 * again instead.
 */
final class RolloutInvariants implements Function<Decision, List<Effect>>, EventVisitor {

  private final RolloutState created;
  private final SplittableRandom crashes;
  private final List<RecordedEvent> journal = new ArrayList<>();
  private final Set<String> offered = new HashSet<>();
  private final Map<HostId, Integer> eventsEnded = new HashMap<>();
  private RolloutState last;
  private boolean draining;
  private boolean eventsBarred;
  private boolean paused;
  private int ends;

  RolloutInvariants(RolloutState created, SplittableRandom crashes) {
    this.created = created;
    this.last = created;
    this.crashes = crashes;
  }

  @Override
  public List<Effect> apply(Decision decision) {
    boolean wasOver = last.status().isTerminal();
    if (wasOver) {
      assertThat(decision.events()).as("events after the end").isEmpty();
      assertThat(decision.effects()).as("effects after the end").isEmpty();
    }
    last = decision.state();
    decision
        .events()
        .forEach(
            event -> {
              journal.add(new RecordedEvent(journal.size() + 1L, decision.at(), event));
              event.accept(this);
            });
    checkLimits();
    checkProgress(decision);
    if (crashes.nextInt(20) == 0) {
      RolloutState replayed = replay();
      assertThat(replayed).isEqualTo(last);
      return RolloutCore.pendingEffects(replayed);
    }
    return decision.effects();
  }

  /** The state that the journal gives. */
  RolloutState replay() {
    RolloutState state = created;
    for (RecordedEvent recorded : journal) {
      state = RolloutCore.apply(state, recorded.event(), recorded.at());
    }
    return state;
  }

  /** Stops reading after each event, and goes on from a snapshot of what was read so far. */
  void readInTwoParts() {
    RolloutState state = created;
    for (int read = 1; read <= journal.size(); read++) {
      state = next(state, journal.get(read - 1));
      RolloutState kept =
          StateForm.read(created.definition(), StateForm.write(state)).orElseThrow();
      assertThat(kept).as("snapshot after event %d", read).isEqualTo(state);
      if (crashes.nextInt(20) == 0) {
        for (RecordedEvent recorded : journal.subList(read, journal.size())) {
          kept = next(kept, recorded);
        }
        assertThat(kept).as("snapshot after event %d and the rest", read).isEqualTo(last);
      }
    }
  }

  private static RolloutState next(RolloutState state, RecordedEvent recorded) {
    return RolloutCore.apply(state, recorded.event(), recorded.at());
  }

  int ends() {
    return ends;
  }

  /** Counts the hosts one by one and compares. */
  void recount() {
    Map<HostStatus, Integer> counted = new EnumMap<>(HostStatus.class);
    for (int position = 0; position < last.numbers().hosts(); position++) {
      counted.merge(last.host(position).status(), 1, Integer::sum);
    }
    int unreachable = counted.getOrDefault(HostStatus.UNREACHABLE, 0);
    assertThat(last.counts())
        .isEqualTo(
            new Counts(
                counted.getOrDefault(HostStatus.PENDING, 0),
                counted.getOrDefault(HostStatus.IN_PROGRESS, 0),
                counted.getOrDefault(HostStatus.SUCCEEDED, 0),
                counted.getOrDefault(HostStatus.FAILED, 0) + unreachable,
                unreachable));
  }

  private void checkLimits() {
    Counts counts = last.counts();
    RolloutLimits limits = last.definition().pace().limits();
    int off = counts.failed() + counts.inFlight();
    if (off > 0) {
      assertThat(off)
          .as("failed and in flight")
          .isLessThanOrEqualTo(last.numbers().failureBudget());
    }
    assertThat(counts.inFlight()).isLessThanOrEqualTo(limits.maxParallel());
    for (ZoneSlice zone : last.numbers().zones()) {
      int offInZone = 0;
      for (int position = zone.from(); position < zone.to(); position++) {
        HostStatus status = last.host(position).status();
        if (status == HostStatus.IN_PROGRESS
            || status == HostStatus.FAILED
            || status == HostStatus.UNREACHABLE) {
          offInZone++;
        }
      }
      if (offInZone > 0) {
        assertThat(offInZone).as("off in %s", zone).isLessThanOrEqualTo(zone.budget());
      }
    }
  }

  private void checkProgress(Decision decision) {
    if (last.status() == DeploymentStatus.IN_PROGRESS) {
      assertThat(decision.wakeAt()).as("somebody wakes it").isNotNull().isAfter(decision.at());
      assertThat(Explanation.of(last, decision.at())).as("why it does not move").isNotEmpty();
    } else {
      assertThat(decision.wakeAt()).isNull();
    }
  }

  @Override
  public void waveStarted(WaveStarted event) {
    assertThat(draining).as("a wave after a stop").isFalse();
    assertThat(paused).as("a wave during a pause").isFalse();
  }

  @Override
  public void hostEventOffered(HostEventOffered event) {
    assertThat(eventsBarred).as("an event after a stop").isFalse();
    assertThat(paused).as("an event during a pause").isFalse();
    assertThat(offered.add(event.host() + "/" + event.event() + "/" + event.attempt()))
        .as("%s is offered once", event)
        .isTrue();
    RolloutDefinition.Lifecycle lifecycle = created.definition().lifecycle();
    List<LifecycleEvent> events = lifecycle.events();
    int done = eventsEnded.getOrDefault(event.host(), 0);
    assertThat(event.event())
        .as("%s comes in order", event)
        .isEqualTo(events.get(event.attempt() == 1 ? done : done - 1));
  }

  @Override
  public void hostEventFinished(HostEventFinished event) {
    if (event.attempt() == 1) {
      eventsEnded.merge(event.host(), 1, Integer::sum);
    }
  }

  @Override
  public void stopRequested(StopRequested event) {
    draining = true;
    eventsBarred = true;
  }

  @Override
  public void rolloutPaused(RolloutPaused event) {
    paused = true;
  }

  @Override
  public void rolloutResumed(RolloutResumed event) {
    paused = false;
  }

  @Override
  public void rolloutAborted(RolloutAborted event) {
    draining = true;
    eventsBarred |= event.code() == ErrorCode.TIMEOUT;
  }

  @Override
  public void rolloutEnded(RolloutEnded event) {
    ends++;
    assertThat(last.counts().inFlight()).isZero();
    if (event.status() == DeploymentStatus.SUCCEEDED) {
      assertThat(event.overview().skipped()).isZero();
      assertThat(event.overview().succeeded())
          .isGreaterThanOrEqualTo(Math.max(1, last.numbers().minimumHealthy()));
      assertThat(event.error()).isNull();
    } else {
      assertThat(event.error()).isNotNull();
    }
  }
}
