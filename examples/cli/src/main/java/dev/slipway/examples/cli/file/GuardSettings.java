package dev.slipway.examples.cli.file;

import dev.slipway.examples.cli.check.CliChecks;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.Freeze;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.guard.WeeklyWindow;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads what a rollout waits for beside its hosts. */
final class GuardSettings {

  private GuardSettings() {}

  /** Reads the keys of a rollout file that are about it; those of single waves come beside. */
  static Guards read(Section all, List<Checkpoint> afterWaves) {
    List<Checkpoint> checkpoints = new ArrayList<>(afterWaves);
    all.find("approval")
        .ifPresent(who -> checkpoints.add(Checkpoint.beforeAll().approval(approval(who))));
    Checkpoint eachWave = Checkpoint.afterEachWave();
    if (all.find("bake").isPresent()) {
      eachWave = eachWave.bake(Durations.read(all.find("bake").orElseThrow()));
    }
    for (Setting gate : all.find("gates").map(Setting::itemsOrSelf).orElse(List.of())) {
      eachWave = with(eachWave, gate);
    }
    if (!eachWave.asksForNothing()) {
      checkpoints.add(eachWave);
    }
    List<GateReference> hostGates = new ArrayList<>();
    all.find("hostGates")
        .ifPresent(gates -> gates.itemsOrSelf().forEach(gate -> hostGates.add(gate(gate))));
    Guards guards =
        all.find("hostGates")
            .map(gates -> Placed.at(gates, () -> guards(checkpoints, hostGates)))
            .orElseGet(() -> guards(checkpoints, hostGates));
    if (all.find("alarms").isPresent()) {
      guards = guards.with(alarms(all.find("alarms").orElseThrow()));
    }
    if (all.find("windows").isPresent()) {
      guards = guards.with(windows(all.find("windows").orElseThrow()));
    }
    return all.find("pulse").isPresent()
        ? guards.with(pulse(all.find("pulse").orElseThrow()))
        : guards;
  }

  private static Guards guards(List<Checkpoint> checkpoints, List<GateReference> hostGates) {
    return new Guards(checkpoints, hostGates, null, null, null);
  }

  /** Reads what is to be so behind a wave. */
  static Checkpoint checkpoint(Section section, Setting wave, Checkpoint place) {
    Checkpoint checkpoint = place;
    if (section.find("bake").isPresent()) {
      checkpoint = checkpoint.bake(Durations.read(section.find("bake").orElseThrow()));
    }
    for (Setting gate : section.find("gates").map(Setting::itemsOrSelf).orElse(List.of())) {
      checkpoint = with(checkpoint, gate);
    }
    if (section.find("approval").isPresent()) {
      checkpoint = checkpoint.approval(approval(section.find("approval").orElseThrow()));
    }
    return section.find("pause").map(Setting::flag).orElse(false)
        ? checkpoint.paused()
        : checkpoint;
  }

  private static Checkpoint with(Checkpoint checkpoint, Setting gate) {
    GateReference reference = gate(gate);
    return Placed.at(gate, () -> checkpoint.gate(reference));
  }

  private static Approval approval(Setting approval) {
    if (!approval.isSection()) {
      return Approval.of(approval.text());
    }
    Section section = approval.section().allow("question", "within");
    Duration within = section.find("within").map(Durations::read).orElse(Approval.USUALLY_WITHIN);
    return Placed.at(
        approval,
        () -> new Approval(section.find("question").map(Setting::text).orElse(""), within));
  }

  private static GateReference gate(Setting gate) {
    Section section = gate.section().allow("http", "command", "within");
    Duration within =
        section.find("within").map(Durations::read).orElse(GateReference.USUALLY_WITHIN);
    GateReference reference = CliChecks.gate(gate, section);
    return Placed.at(gate, () -> reference.within(within));
  }

  private static AlarmWatch alarms(Setting alarms) {
    Section section = alarms.section().allow("command", "names", "ignorePollAlarmFailure", "every");
    String command =
        section
            .require("command", "name a program that prints a line such as \"errors OK\" for each")
            .text();
    List<String> names =
        section.require("names", "name the alarms").itemsOrSelf().stream()
            .map(Setting::text)
            .toList();
    boolean ignore = section.find("ignorePollAlarmFailure").map(Setting::flag).orElse(false);
    Duration every = section.find("every").map(Durations::read).orElse(AlarmWatch.USUALLY_EVERY);
    return Placed.at(alarms, () -> CliChecks.alarms(command, names, ignore, every));
  }

  private static Pulse pulse(Setting pulse) {
    Section section = pulse.section().allow("within", "silence");
    Duration within = Durations.read(section.require("within", "say how long, such as 5m"));
    Pulse.Silence silence =
        section.find("silence").map(s -> s.oneOf(Pulse.Silence.class)).orElse(Pulse.Silence.PAUSE);
    return Placed.at(pulse, () -> new Pulse(within, silence));
  }

  private static DeploymentWindows windows(Setting windows) {
    Section section = windows.section().allow("zone", "open", "freezes", "running");
    List<WeeklyWindow> open = new ArrayList<>();
    section
        .find("open")
        .ifPresent(all -> all.itemsOrSelf().forEach(window -> open.add(window(window))));
    List<Freeze> freezes = new ArrayList<>();
    section
        .find("freezes")
        .ifPresent(all -> all.itemsOrSelf().forEach(freeze -> freezes.add(freeze(freeze))));
    return new DeploymentWindows(
        section.find("zone").map(GuardSettings::zone).orElse(ZoneOffset.UTC),
        open,
        freezes,
        section
            .find("running")
            .map(policy -> policy.oneOf(DeploymentWindows.Running.class))
            .orElse(DeploymentWindows.Running.FINISH_WAVE));
  }

  private static ZoneId zone(Setting zone) {
    try {
      return ZoneId.of(zone.text());
    } catch (DateTimeException e) {
      throw zone.wrong("must be a time zone such as Europe/Berlin, but is " + zone.shown());
    }
  }

  private static WeeklyWindow window(Setting window) {
    Section section = window.section().allow("days", "from", "to");
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    section
        .find("days")
        .ifPresentOrElse(
            all -> all.itemsOrSelf().forEach(day -> days.add(day.oneOf(DayOfWeek.class))),
            () -> days.addAll(EnumSet.allOf(DayOfWeek.class)));
    LocalTime from = time(section.require("from", "say when it opens, such as \"09:00\""));
    LocalTime to = time(section.require("to", "say when it closes, such as \"17:00\""));
    return Placed.at(section.find("days").orElse(window), () -> new WeeklyWindow(days, from, to));
  }

  private static LocalTime time(Setting time) {
    try {
      return LocalTime.parse(time.text());
    } catch (DateTimeException e) {
      throw time.wrong("must be a time in quotes such as \"09:00\", but is " + time.shown());
    }
  }

  private static Freeze freeze(Setting freeze) {
    Section section = freeze.section().allow("from", "to", "reason");
    Instant from = instant(section.require("from", "say when it begins"));
    Instant to = instant(section.require("to", "say when it ends"));
    String reason = section.find("reason").map(Setting::text).orElse("");
    return Placed.at(freeze, () -> new Freeze(from, to, reason));
  }

  private static Instant instant(Setting instant) {
    try {
      return OffsetDateTime.parse(instant.text()).toInstant();
    } catch (DateTimeException e) {
      throw instant.wrong(
          "must be an instant in quotes such as \"2026-12-20T18:00:00+01:00\", but is "
              + instant.shown());
    }
  }
}
