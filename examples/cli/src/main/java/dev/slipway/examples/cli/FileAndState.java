package dev.slipway.examples.cli;

import dev.slipway.examples.cli.file.RolloutFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that works with a rollout file and the state on this machine. */
final class FileAndState {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "the rollout file")
  private Path file = Path.of("rollout.yml");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "where bundles and the history of deployment groups are kept",
        "($XDG_STATE_HOME/slipway, or else ~/.local/state/slipway)"
      })
  private @Nullable Path state;

  @Option(names = "--json", description = "answer in JSON")
  private boolean json;

  boolean json() {
    return json;
  }

  Deployment open(Map<String, String> environment) {
    return Deployment.open(RolloutFile.read(file), Optional.ofNullable(state), environment);
  }
}
