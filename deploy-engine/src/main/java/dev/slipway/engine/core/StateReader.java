package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.HostLost;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import dev.slipway.rollout.Pause;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.UnreachableReason;
import dev.slipway.strategy.WaveView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one state that a {@link StateWriter} has written. Used once. */
final class StateReader {

  private final RolloutDefinition definition;
  private final ByteReader in;
  private final List<String> texts = new ArrayList<>();
  private final List<Instant> instants = new ArrayList<>();
  private final List<RunKind> kinds = new ArrayList<>();

  StateReader(RolloutDefinition definition, ByteReader in) {
    this.definition = definition;
    this.in = in;
  }

  /** Returns the state, empty if it is one of another rollout or cannot be read after all. */
  Optional<RolloutState> read() {
    try {
      shared();
      if (!in.text().equals(definition.deployment().value())) {
        return Optional.empty();
      }
      RolloutState.Fleet fleet = fleet();
      RolloutState.Course course = course();
      Watch watch = watch();
      TrafficWatch traffic = new TrafficWatch(in.count(), instant());
      Switchover switchover =
          new Switchover(
              orNull(this::instant), in.flag(), in.count(), counts(), orNull(this::termination));
      RolloutState.Ending ending = ending();
      return in.isAtEnd()
          ? Optional.of(
              new RolloutState(
                  definition,
                  Numbers.of(definition),
                  fleet,
                  course,
                  watch,
                  traffic,
                  switchover,
                  ending))
          : Optional.empty();
    } catch (RuntimeException e) {
      // Whatever is wrong with it, the journal says the same and can be read.
      return Optional.empty();
    }
  }

  private void shared() {
    for (int left = in.size(); left > 0; left--) {
      texts.add(in.text());
    }
    long second = 0;
    for (int left = in.size(); left > 0; left--) {
      second += in.signed();
      instants.add(Instant.ofEpochSecond(second, in.number()));
    }
    for (int left = in.size(); left > 0; left--) {
      kinds.add(kind());
    }
  }

  private RunKind kind() {
    LifecycleEvent event = constant(LifecycleEvent.class);
    int attempt = in.count();
    LifecycleEventStatus status = constant(LifecycleEventStatus.class);
    Diagnostics diagnostics =
        new Diagnostics(constant(LifecycleErrorCode.class), text(), text(), text());
    String cancelled = text();
    return new RunKind(
        event,
        attempt,
        status,
        diagnostics,
        cancelled.isEmpty() ? null : CancelMode.valueOf(cancelled));
  }

  private RolloutState.Fleet fleet() {
    List<ScheduledHost> scheduled = definition.hosts();
    if (in.count() != scheduled.size()) {
      throw new IllegalArgumentException("the rollout has " + scheduled.size() + " hosts");
    }
    List<HostState> hosts = new ArrayList<>(scheduled.size());
    for (ScheduledHost host : scheduled) {
      hosts.add(host(host));
    }
    Counts counts = counts();
    int first = in.count();
    return new RolloutState.Fleet(
        HostTable.of(hosts),
        HostIndex.of(scheduled),
        counts,
        first == 0 ? null : hosts.get(first - 1));
  }

  private Counts counts() {
    return new Counts(in.count(), in.count(), in.count(), in.count(), in.count());
  }

  private HostState host(ScheduledHost host) {
    HostStatus status = constant(HostStatus.class);
    Instant since = instant();
    String reason = text();
    EventRun[] runs = new EventRun[in.size()];
    Instant before = since;
    for (int i = 0; i < runs.length; i++) {
      RunKind kind = kinds.get(in.count());
      Instant startedAt = in.flag() ? instant() : before;
      runs[i] = kind.at(startedAt, instant());
      before = runs[i].endedAt();
    }
    RunningEvent running = orNull(this::running);
    HostLost lost = in.flag() ? lost(host.id()) : null;
    Check check = orNull(this::check);
    return new HostState(host, status, since, List.of(runs), running, lost, check, reason);
  }

  private RunningEvent running() {
    LifecycleEvent event = constant(LifecycleEvent.class);
    int attempt = in.count();
    Instant offeredAt = instant();
    Instant acknowledgedAt = orNull(this::instant);
    return new RunningEvent(event, attempt, offeredAt, acknowledgedAt, instant());
  }

  private HostLost lost(HostId host) {
    return new HostLost(host, constant(UnreachableReason.class), text());
  }

  private RolloutState.Course course() {
    DeploymentStatus status = constant(DeploymentStatus.class);
    Instant startedAt = instant();
    Instant deadline = instant();
    RolloutState.ZoneTurn zone = new RolloutState.ZoneTurn(in.count(), in.count(), instant());
    PersistentList<WaveView> waves = PersistentList.empty();
    for (int left = in.size(); left > 0; left--) {
      waves = waves.plus(wave());
    }
    RolloutHeld hold = orNull(this::held);
    Pause pause = orNull(this::pause);
    Instant stoppedSince = orNull(this::instant);
    return new RolloutState.Course(
        status, startedAt, deadline, zone, waves, hold, pause, stoppedSince, instant());
  }

  private WaveView wave() {
    int number = in.count();
    Instant startedAt = instant();
    List<HostId> hosts = new ArrayList<>();
    int position = 0;
    for (int left = in.size(); left > 0; left--) {
      position += Math.toIntExact(in.signed());
      hosts.add(definition.hosts().get(position).id());
    }
    return new WaveView(number, startedAt, hosts);
  }

  private RolloutHeld held() {
    return new RolloutHeld(text(), orNull(this::instant));
  }

  private Pause pause() {
    return new Pause(instant(), text());
  }

  private Watch watch() {
    int asked = in.count();
    int passed = Math.toIntExact(in.signed());
    int stands = in.count();
    Stand stand = orNull(this::stand);
    Check alarms = orNull(this::check);
    Watch.WindowState window = orNull(this::window);
    Instant pulseBy = orNull(this::instant);
    int inWave = in.count();
    Map<String, Integer> inZone = new TreeMap<>();
    for (int left = in.size(); left > 0; left--) {
      inZone.put(text(), in.count());
    }
    return new Watch(
        asked, passed, stands, stand, alarms, window, pulseBy, new Watch.Failures(inWave, inZone));
  }

  private Stand stand() {
    int number = in.count();
    Instant since = instant();
    Instant bakeUntil = instant();
    Instant approveBy = orNull(this::instant);
    List<Check> gates = new ArrayList<>();
    for (int left = in.size(); left > 0; left--) {
      gates.add(check());
    }
    return new Stand(number, since, bakeUntil, approveBy, gates);
  }

  private Check check() {
    String name = text();
    int round = in.count();
    Instant deadline = instant();
    boolean isOpen = in.flag();
    String verdict = text();
    return new Check(
        name,
        round,
        deadline,
        isOpen,
        verdict.isEmpty() ? null : CheckVerdict.valueOf(verdict),
        text(),
        orNull(this::instant));
  }

  private Watch.WindowState window() {
    return new Watch.WindowState(orNull(this::text), instant(), orNull(this::instant), in.flag());
  }

  private Termination termination() {
    return new Termination(instant(), orNull(this::instant), in.count(), text());
  }

  private RolloutState.Ending ending() {
    return new RolloutState.Ending(
        orNull(this::stop),
        orNull(this::abort),
        in.flag(),
        orNull(this::instant),
        orNull(this::rollback),
        orNull(this::ended),
        orNull(this::joined));
  }

  private HostsJoined joined() {
    List<HostId> hosts = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      hosts.add(new HostId(text()));
    }
    return new HostsJoined(hosts, orNull(() -> new DeploymentId(text())), text());
  }

  private StopRequested stop() {
    return new StopRequested(
        constant(ErrorCode.class), constant(RollbackWish.class), orNull(this::instant), text());
  }

  private RolloutAborted abort() {
    return new RolloutAborted(constant(ErrorCode.class), text());
  }

  private RollbackPlanned rollback() {
    return new RollbackPlanned(new DeploymentId(text()), new RevisionId(text()));
  }

  private RolloutEnded ended() {
    return new RolloutEnded(
        constant(DeploymentStatus.class),
        orNull(this::error),
        new DeploymentOverview(in.count(), in.count(), in.count(), in.count(), in.count()));
  }

  private ErrorInformation error() {
    return new ErrorInformation(constant(ErrorCode.class), text());
  }

  private <T> @Nullable T orNull(Supplier<T> read) {
    return in.flag() ? read.get() : null;
  }

  private <T extends Enum<T>> T constant(Class<T> type) {
    return Enum.valueOf(type, text());
  }

  private String text() {
    return texts.get(in.count());
  }

  private Instant instant() {
    return instants.get(in.count());
  }
}
