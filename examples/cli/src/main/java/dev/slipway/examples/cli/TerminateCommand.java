package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a blue/green rollout that has switched traffic to end its original hosts. */
@Command(
    name = "terminate",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a blue/green rollout that has switched traffic to end its original hosts now, which"
          + " it would do later. Returns at once. There is no way back to them then."
    })
final class TerminateCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
  private String reason = "";

  TerminateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      new RequestText(console, options.json())
          .say(
              rollout,
              "end the original hosts",
              rollout.request(RolloutRequest.terminateOriginals(reason)));
      return ExitCode.SUCCEEDED;
    }
  }
}
