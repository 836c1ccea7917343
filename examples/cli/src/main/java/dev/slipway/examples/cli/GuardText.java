package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.Freeze;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.guard.WeeklyWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a rollout waits for beside its hosts, in words and as JSON.
 *
 * @param guards what
 * @param hosts how many hosts there are
 */
record GuardText(Guards guards, int hosts) {

  /** Returns what is to be so when so many hosts have been started. */
  List<String> at(int started) {
    return guards.checkpoints().stream()
        .filter(checkpoint -> isAt(checkpoint, started))
        .map(checkpoint -> "    then " + inWords(checkpoint))
        .toList();
  }

  private boolean isAt(Checkpoint checkpoint, int started) {
    return switch (checkpoint.place()) {
      case BEFORE_ALL -> started == 0;
      case AFTER -> checkpoint.reach() != null && checkpoint.reach().reachOf(hosts) == started;
      case AFTER_EACH_WAVE -> false;
    };
  }

  /** Returns what holds everywhere. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    guards.checkpoints().stream()
        .filter(checkpoint -> checkpoint.place() == Checkpoint.Place.AFTER_EACH_WAVE)
        .forEach(checkpoint -> lines.add("  after each wave " + inWords(checkpoint)));
    guards.hostGates().forEach(gate -> lines.add("  on each host " + inWords(gate)));
    AlarmWatch alarms = guards.alarms();
    if (alarms != null) {
      lines.add(
          "  stopped when %s of %s is active%s, looked at every %s"
              .formatted(
                  String.join(" or ", alarms.alarms()),
                  alarms.source(),
                  alarms.ignorePollAlarmFailure() ? "" : " or cannot be read",
                  inWords(alarms.every())));
    }
    DeploymentWindows windows = guards.windows();
    if (windows != null) {
      lines.addAll(inWords(windows));
    }
    Pulse pulse = guards.pulse();
    if (pulse != null) {
      lines.add(
          "  %s without a pulse within %s"
              .formatted(
                  pulse.silence() == Pulse.Silence.PAUSE ? "paused" : "stopped",
                  inWords(pulse.within())));
    }
    return lines;
  }

  private static String inWords(Checkpoint checkpoint) {
    List<String> parts = new ArrayList<>();
    if (!checkpoint.bake().isZero()) {
      parts.add("they are watched for " + inWords(checkpoint.bake()));
    }
    checkpoint.gates().forEach(gate -> parts.add(inWords(gate)));
    if (checkpoint.approval() != null) {
      String question = checkpoint.approval().question();
      parts.add("somebody must approve" + (question.isEmpty() ? "" : ": " + question));
    }
    if (checkpoint.pause()) {
      parts.add("it is paused");
    }
    return String.join(", ", parts);
  }

  private static String inWords(GateReference gate) {
    return "gate '" + gate.label() + "' must pass within " + inWords(gate.within());
  }

  private static List<String> inWords(DeploymentWindows windows) {
    List<String> lines = new ArrayList<>();
    for (WeeklyWindow window : windows.open()) {
      String days =
          window.days().stream()
              .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      lines.add(
          "  hosts start %s from %s to %s (%s)"
              .formatted(days, window.from(), window.to(), windows.zone()));
    }
    for (Freeze freeze : windows.freezes()) {
      lines.add(
          "  no host starts from %s to %s%s"
              .formatted(
                  freeze.from(),
                  freeze.to(),
                  freeze.reason().isEmpty() ? "" : ": " + freeze.reason()));
    }
    return lines;
  }

  static String inWords(Duration time) {
    if (time.isZero()) {
      return "no time";
    }
    if (time.toSecondsPart() != 0) {
      return time.toSeconds() + " s";
    }
    if (time.toMinutesPart() != 0) {
      return time.toMinutes() + " min";
    }
    return time.toHours() + " h";
  }

  /** Returns all of it. */
  ObjectNode document() {
    ObjectNode document = JsonText.object();
    ArrayNode checkpoints = document.putArray("checkpoints");
    guards.checkpoints().forEach(checkpoint -> checkpoints.add(document(checkpoint)));
    ArrayNode hostGates = document.putArray("hostGates");
    guards.hostGates().forEach(gate -> hostGates.add(gate.label()));
    AlarmWatch alarms = guards.alarms();
    document.set("alarms", JsonText.node(alarms == null ? List.of() : alarms.alarms()));
    document.put("windows", guards.windows() != null);
    document.put("pulseSeconds", guards.pulse() == null ? null : seconds(guards.pulse().within()));
    return document;
  }

  private ObjectNode document(Checkpoint checkpoint) {
    ObjectNode document = JsonText.object().put("place", checkpoint.place().name());
    document.put("after", checkpoint.reach() == null ? null : checkpoint.reach().reachOf(hosts));
    document.put("bakeSeconds", seconds(checkpoint.bake()));
    document.set(
        "gates", JsonText.node(checkpoint.gates().stream().map(GateReference::label).toList()));
    document.put(
        "approval", checkpoint.approval() == null ? null : checkpoint.approval().question());
    return document.put("pause", checkpoint.pause());
  }

  private static long seconds(Duration time) {
    return time.toSeconds();
  }
}
