package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.HostLost;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.StopRequested;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.Pause;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.strategy.WaveView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one state. {@link StateReader} reads in the same order, what occurs more than once before
 * all else. Used once.
 */
final class StateWriter {

  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final Map<Instant, Integer> instants = new LinkedHashMap<>();
  private final Map<RunKind, Integer> kinds = new LinkedHashMap<>();
  private final ByteWriter body = new ByteWriter();
  private @Nullable Instant lastInstant;
  private int lastInstantPlace;

  byte[] write(RolloutState state) {
    body.text(state.definition().deployment().value());
    fleet(state.fleet());
    course(state.course(), state.fleet().index());
    watch(state.watch());
    traffic(state.traffic());
    switchover(state.switchover());
    ending(state.ending());
    ByteWriter kindsFirst = new ByteWriter();
    kindsFirst.number(kinds.size());
    kinds.keySet().forEach(kind -> kind(kindsFirst, kind));
    ByteWriter all = new ByteWriter();
    all.number(texts.size());
    texts.keySet().forEach(all::text);
    all.number(instants.size());
    Instant before = Instant.EPOCH;
    for (Instant instant : instants.keySet()) {
      all.signed(instant.getEpochSecond() - before.getEpochSecond());
      all.number(instant.getNano());
      before = instant;
    }
    all.append(kindsFirst);
    all.append(body);
    return all.written();
  }

  private void kind(ByteWriter out, RunKind kind) {
    Diagnostics diagnostics = kind.diagnostics();
    text(out, kind.event().name());
    out.number(kind.attempt());
    text(out, kind.status().name());
    text(out, diagnostics.errorCode().name());
    text(out, diagnostics.scriptName());
    text(out, diagnostics.message());
    text(out, diagnostics.log());
    CancelMode cancelled = kind.cancelled();
    text(out, cancelled == null ? "" : cancelled.name());
  }

  private void fleet(RolloutState.Fleet fleet) {
    body.number(fleet.hosts().size());
    for (HostState host : fleet.hosts()) {
      host(host);
    }
    counts(fleet.counts());
    HostState first = fleet.firstFailure();
    body.number(first == null ? 0 : 1 + position(fleet.index(), first.host().id()));
  }

  private void host(HostState host) {
    text(host.status().name());
    instant(host.since());
    text(host.reason());
    body.number(host.runs().size());
    Instant before = host.since();
    for (EventRun run : host.runs()) {
      RunKind kind = RunKind.of(run);
      body.number(kinds.computeIfAbsent(kind, unused -> kinds.size()));
      orNull(run.startedAt().equals(before) ? null : run.startedAt(), this::instant);
      instant(run.endedAt());
      before = run.endedAt();
    }
    orNull(host.running(), this::running);
    orNull(host.lost(), this::lost);
    orNull(host.check(), this::check);
  }

  private void running(RunningEvent running) {
    text(running.event().name());
    body.number(running.attempt());
    instant(running.offeredAt());
    orNull(running.acknowledgedAt(), this::instant);
    instant(running.deadline());
  }

  private void lost(HostLost lost) {
    text(lost.reason().name());
    text(lost.message());
  }

  private void counts(Counts counts) {
    body.number(counts.pending());
    body.number(counts.inFlight());
    body.number(counts.succeeded());
    body.number(counts.failed());
    body.number(counts.unreachable());
  }

  private void course(RolloutState.Course course, HostIndex index) {
    text(course.status().name());
    instant(course.startedAt());
    instant(course.deadline());
    body.number(course.zone().index());
    body.number(course.zone().failed());
    instant(course.zone().pauseUntil());
    body.number(course.waves().size());
    for (WaveView wave : course.waves()) {
      wave(wave, index);
    }
    orNull(course.hold(), this::held);
    orNull(course.pause(), this::pause);
    orNull(course.stoppedSince(), this::instant);
    instant(course.at());
  }

  private void wave(WaveView wave, HostIndex index) {
    body.number(wave.number());
    instant(wave.startedAt());
    body.number(wave.hosts().size());
    int before = 0;
    for (HostId host : wave.hosts()) {
      int position = position(index, host);
      body.signed((long) position - before);
      before = position;
    }
  }

  private void held(RolloutHeld held) {
    text(held.why());
    orNull(held.until(), this::instant);
  }

  private void pause(Pause pause) {
    instant(pause.since());
    text(pause.reason());
  }

  private void watch(Watch watch) {
    body.number(watch.asked());
    body.signed(watch.passed());
    body.number(watch.stands());
    orNull(watch.stand(), this::stand);
    orNull(watch.alarms(), this::check);
    orNull(watch.window(), this::window);
    orNull(watch.pulseBy(), this::instant);
    body.number(watch.failures().inWave());
    body.number(watch.failures().inZone().size());
    watch
        .failures()
        .inZone()
        .forEach(
            (zone, hosts) -> {
              text(zone);
              body.number(hosts);
            });
  }

  private void stand(Stand stand) {
    body.number(stand.number());
    instant(stand.since());
    instant(stand.bakeUntil());
    orNull(stand.approveBy(), this::instant);
    body.number(stand.gates().size());
    stand.gates().forEach(this::check);
  }

  private void check(Check check) {
    CheckVerdict verdict = check.verdict();
    text(check.name());
    body.number(check.round());
    instant(check.deadline());
    body.flag(check.isOpen());
    text(verdict == null ? "" : verdict.name());
    text(check.message());
    orNull(check.askAgainAt(), this::instant);
  }

  private void window(Watch.WindowState window) {
    orNull(window.why(), this::text);
    instant(window.since());
    orNull(window.until(), this::instant);
    body.flag(window.drains());
  }

  private void traffic(TrafficWatch traffic) {
    body.number(traffic.waiting());
    instant(traffic.lookAt());
  }

  private void switchover(Switchover switchover) {
    orNull(switchover.waitUntil(), this::instant);
    body.flag(switchover.isBegun());
    body.number(switchover.ready());
    counts(switchover.originals());
    orNull(switchover.termination(), this::termination);
  }

  private void termination(Termination termination) {
    instant(termination.due());
    orNull(termination.orderedAt(), this::instant);
    body.number(termination.attempt());
    text(termination.refusal());
  }

  private void ending(RolloutState.Ending ending) {
    orNull(ending.stop(), this::stop);
    orNull(ending.abort(), this::abort);
    body.flag(ending.eventsBarred());
    orNull(ending.abandonAt(), this::instant);
    orNull(ending.rollback(), this::rollback);
    orNull(ending.ended(), this::ended);
    orNull(ending.joined(), this::joined);
  }

  private void joined(HostsJoined joined) {
    body.number(joined.hosts().size());
    joined.hosts().forEach(host -> text(host.value()));
    orNull(joined.update(), update -> text(update.value()));
    text(joined.trouble());
  }

  private void stop(StopRequested stop) {
    text(stop.cause().name());
    text(stop.rollback().name());
    orNull(stop.forceAt(), this::instant);
    text(stop.reason());
  }

  private void abort(RolloutAborted abort) {
    text(abort.code().name());
    text(abort.message());
  }

  private void rollback(RollbackPlanned rollback) {
    text(rollback.rollback().value());
    text(rollback.revision().sha256());
  }

  private void ended(RolloutEnded ended) {
    text(ended.status().name());
    orNull(ended.error(), this::error);
    DeploymentOverview overview = ended.overview();
    body.number(overview.pending());
    body.number(overview.inProgress());
    body.number(overview.succeeded());
    body.number(overview.failed());
    body.number(overview.skipped());
  }

  private void error(ErrorInformation error) {
    text(error.code().name());
    text(error.message());
  }

  private <T> void orNull(@Nullable T value, Consumer<T> write) {
    body.flag(value != null);
    if (value != null) {
      write.accept(value);
    }
  }

  private void text(String value) {
    text(body, value);
  }

  private void text(ByteWriter out, String value) {
    out.number(texts.computeIfAbsent(value, unused -> texts.size()));
  }

  private void instant(Instant value) {
    if (!value.equals(lastInstant)) {
      lastInstant = value;
      lastInstantPlace = instants.computeIfAbsent(value, unused -> instants.size());
    }
    body.number(lastInstantPlace);
  }

  private static int position(HostIndex index, HostId host) {
    return index.find(host).orElseThrow();
  }
}
