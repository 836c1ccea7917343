package dev.slipway.examples.cli;

import dev.slipway.engine.simulation.SimulationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A simulated rollout in words. */
record SimulationText(int hosts, SimulationResult result) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        result.error() == null
            ? result.status().wireName()
            : result.status().wireName()
                + " ("
                + result.error().code()
                + "): "
                + result.error().message());
    lines.add(
        "  %d hosts: %d succeeded, %d failed, %d skipped"
            .formatted(hosts, result.succeeded(), result.failed(), result.skipped()));
    if (result.minimumHealthy() != null) {
      lines.add(
          "  %d must stay healthy, so %d may be off or failed"
              .formatted(result.minimumHealthy(), result.failureBudget()));
    }
    lines.addAll(WaveLines.of(result.waves(), SimulationText::positions));
    lines.add("  took " + took() + " of virtual time, " + result.events() + " events");
    return lines;
  }

  private String took() {
    Duration took = Duration.ofMillis(Math.round(result.seconds() * 1000));
    if (took.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", result.seconds());
    }
    return took.toHours() == 0
        ? took.toMinutes() + " min " + took.toSecondsPart() + " s"
        : took.toHours() + " h " + took.toMinutesPart() + " min";
  }

  /** Positions with runs drawn together: {@code 1-3, 7}. */
  private static String positions(List<Integer> wave) {
    List<String> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= wave.size(); i++) {
      if (i == wave.size() || wave.get(i) != wave.get(i - 1) + 1) {
        boolean alone = i - 1 == from;
        runs.add(alone ? "" + wave.get(from) : wave.get(from) + "-" + wave.get(i - 1));
        from = i;
      }
    }
    return String.join(", ", runs);
  }
}
