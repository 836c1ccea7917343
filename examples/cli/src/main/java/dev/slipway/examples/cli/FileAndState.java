package dev.slipway.examples.cli;

import dev.slipway.examples.cli.file.RolloutFile;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works with a rollout file and the state on this machine. */
final class FileAndState {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "the rollout file")
  private Path file = Path.of("rollout.yml");

  @Mixin private final StateOptions state = new StateOptions();

  boolean json() {
    return state.json();
  }

  /** Opens what plans, looks and asks; nothing is written. */
  Deployment look(Console console) {
    return Deployment.looking(RolloutFile.read(file), state.directory(console));
  }

  /** Opens what deploys a plan. */
  OpenState drive(Console console) {
    return Deployment.driving(RolloutFile.read(file), state.directory(console));
  }
}
