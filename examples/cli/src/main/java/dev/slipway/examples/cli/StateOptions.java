package dev.slipway.examples.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that works with the state on this machine. */
final class StateOptions {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "where rollouts, bundles and the history of deployment groups are kept",
        "($XDG_STATE_HOME/slipway, or else ~/.local/state/slipway)"
      })
  private @Nullable Path state;

  @Option(names = "--json", description = "answer in JSON")
  private boolean json;

  boolean json() {
    return json;
  }

  StateDirectory directory(Map<String, String> environment) {
    return StateDirectory.of(state, environment);
  }
}
