package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a paused rollout to go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a paused rollout to go on. Returns at once. To go on with a rollout whose process is"
          + " gone, paused or not, use \"slipway continue\"."
    })
final class ResumeCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
  private String reason = "";

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      new RequestText(console, options.json()).say(rollout, "resume", rollout.resume(reason));
      return ExitCode.SUCCEEDED;
    }
  }
}
