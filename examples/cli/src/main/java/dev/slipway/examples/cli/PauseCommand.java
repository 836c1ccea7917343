package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a rollout to rest. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a rollout to rest: lifecycle events that run are completed, and nothing starts until"
          + " \"slipway resume\". Deadlines go on, that of the whole deployment too. Returns at"
          + " once."
    })
final class PauseCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
  private String reason = "";

  PauseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      new RequestText(console, options.json()).say(rollout, "pause", rollout.pause(reason));
      return ExitCode.SUCCEEDED;
    }
  }
}
