package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.simulation.Simulation;
import dev.slipway.engine.simulation.SimulationResult;
import dev.slipway.engine.simulation.SimulationSpec;
import dev.slipway.engine.simulation.TrafficModel;
import dev.slipway.examples.cli.file.RolloutFile;
import dev.slipway.examples.cli.file.SimulationPart;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.Pace;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.strategy.Strategy;
import dev.slipway.strategy.StrategyRegistry;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers what a rollout would do to a modelled fleet. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a rollout against a modelled fleet on virtual time: who would start when, and how it"
          + " would end. No host is touched.",
      "The fleet is that of \"simulate:\" in the file, or else the size of the inventory."
    })
final class SimulateCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "the rollout file")
  private Path file = Path.of("rollout.yml");

  @Option(names = "--json", description = "answer with one JSON document")
  private boolean json;

  SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RolloutFile rollout = RolloutFile.read(file);
    SimulationSpec spec = spec(rollout);
    SimulationResult result = Simulation.run(spec);
    if (json) {
      console.out().println(JsonText.line(document(result)));
    } else {
      new SimulationText(
              spec.hosts() + Objects.requireNonNullElse(spec.traffic().originals(), 0), result)
          .lines()
          .forEach(console.out()::println);
    }
    return ExitCode.SUCCEEDED;
  }

  private static SimulationSpec spec(RolloutFile rollout) {
    SimulationPart part = rollout.simulation().orElse(SimulationPart.OF_INVENTORY);
    NavigableMap<String, Integer> zones = new TreeMap<>(part.zones());
    if (zones.isEmpty()) {
      zones = zonesOfInventory(rollout);
    }
    Pace pace = rollout.pace();
    return new SimulationSpec(
        zones,
        pace.config(),
        pace.batching(),
        pace.strategy().name(),
        strategy(pace),
        pace.limits(),
        rollout.options().ignoreApplicationStopFailures(),
        rollout.guards(),
        traffic(rollout, part),
        part.refusing(),
        new TreeMap<>(part.failures()),
        part.seed());
  }

  private static TrafficModel traffic(RolloutFile rollout, SimulationPart part) {
    TrafficChoice choice = rollout.traffic();
    BlueGreen blueGreen = choice.blueGreen();
    if (blueGreen == null) {
      return choice.control() == null ? TrafficModel.NONE : TrafficModel.IN_PLACE;
    }
    BlueGreen.Termination end = blueGreen.termination();
    return new TrafficModel(
        true,
        part.originals()
            .orElseGet(() -> rollout.requiredHosts().open().snapshot(blueGreen.originals()).size()),
        blueGreen.readyWait(),
        end == null ? null : end.stay());
  }

  private static NavigableMap<String, Integer> zonesOfInventory(RolloutFile rollout) {
    RolloutFile.HostsPart hosts = rollout.requiredHosts();
    NavigableMap<String, Integer> zones = new TreeMap<>();
    for (Host host : hosts.open().snapshot(hosts.selector())) {
      zones.merge(host.zone(), 1, Integer::sum);
    }
    return zones;
  }

  private static Strategy strategy(Pace pace) {
    return StrategyRegistry.builtIn()
        .find(pace.strategy())
        .orElseThrow(
            () -> new RequestException("there is no strategy " + pace.strategy().name() + "."));
  }

  static ObjectNode document(SimulationResult result) {
    return JsonText.object()
        .put("status", result.status().wireName())
        .put("errorCode", result.error() == null ? null : result.error().code().name())
        .put("minimumHealthy", result.minimumHealthy())
        .put("failureBudget", result.failureBudget())
        .put("succeeded", result.succeeded())
        .put("failed", result.failed())
        .put("skipped", result.skipped())
        .<ObjectNode>set("waves", JsonText.node(result.waves()))
        .put("seconds", result.seconds())
        .put("events", result.events());
  }
}
