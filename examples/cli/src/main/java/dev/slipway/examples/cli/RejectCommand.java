package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a rollout that waits for an approval. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = {"Stops a rollout that waits for an approval. Returns at once."})
final class RejectCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Mixin private final Signature signature = new Signature();

  RejectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String who = signature.by(console.environment());
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      int checkpoint = signature.checkpoint(rollout);
      new RequestText(console, options.json())
          .say(
              rollout,
              "reject checkpoint " + checkpoint,
              rollout.reject(checkpoint, who, signature.comment()));
      return ExitCode.SUCCEEDED;
    }
  }
}
