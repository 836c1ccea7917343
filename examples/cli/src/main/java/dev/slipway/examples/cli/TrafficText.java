package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after traffic in a plan, in words and as JSON.
 *
 * @param choice who
 * @param replacements the hosts that are deployed to
 * @param originals the hosts from which traffic is switched; none in place
 */
record TrafficText(TrafficChoice choice, List<HostId> replacements, List<HostId> originals) {

  static TrafficText of(Plan plan) {
    TrafficChoice choice = plan.spec().traffic();
    BlueGreen blueGreen = choice.blueGreen();
    Predicate<Host> isOriginal = host -> blueGreen != null && blueGreen.originals().matches(host);
    return new TrafficText(choice, ids(plan, isOriginal.negate()), ids(plan, isOriginal));
  }

  private static List<HostId> ids(Plan plan, Predicate<Host> which) {
    return plan.hosts().stream().filter(which).map(Host::id).toList();
  }

  /**
   * Returns what happens to traffic; nothing if nobody looks after it.
   *
   * @param names shortens a list of hosts
   */
  List<String> lines(Function<List<HostId>, String> names) {
    TrafficReference control = choice.control();
    if (control == null) {
      return List.of();
    }
    BlueGreen blueGreen = choice.blueGreen();
    if (blueGreen == null) {
      return List.of(
          "  each host leaves traffic before its wave and comes back after it, by '%s'"
              .formatted(label(control)));
    }
    return List.of(
        "  when they are ready: " + inWords(blueGreen.readyWait()),
        "  traffic comes to the replacement hosts at the same pace, by '%s'"
            .formatted(label(control)),
        "  then it leaves all original hosts at once (%d): %s"
            .formatted(originals.size(), names.apply(originals)),
        "  the original hosts " + inWords(blueGreen.termination()));
  }

  private static String inWords(@Nullable Duration readyWait) {
    return readyWait == null
        ? "the switch begins at once"
        : "somebody must ask for the switch within "
            + GuardText.inWords(readyWait)
            + ", or it is stopped";
  }

  private static String inWords(BlueGreen.@Nullable Termination termination) {
    return termination == null
        ? "go on, out of traffic"
        : "are ended %s later, by '%s'; until then a rollback gives them the traffic back"
            .formatted(GuardText.inWords(termination.stay()), label(termination.terminator()));
  }

  private static String label(TerminatorReference terminator) {
    return (terminator.name() + " " + terminator.parameters()).strip();
  }

  private static String label(TrafficReference control) {
    return (control.name() + " " + control.parameters()).strip();
  }

  /** Returns all of it. */
  ObjectNode document(TrafficReference control) {
    ObjectNode document = JsonText.object().put("control", label(control));
    BlueGreen blueGreen = choice.blueGreen();
    if (blueGreen != null) {
      Duration wait = blueGreen.readyWait();
      document.set("replacements", names(replacements));
      document.set("originals", names(originals));
      document.put("readyWaitSeconds", wait == null ? null : wait.toSeconds());
      BlueGreen.Termination end = blueGreen.termination();
      document.put("terminationWaitSeconds", end == null ? null : end.stay().toSeconds());
    }
    return document;
  }

  private static JsonNode names(List<HostId> hosts) {
    return JsonText.node(hosts.stream().map(HostId::value).toList());
  }
}
