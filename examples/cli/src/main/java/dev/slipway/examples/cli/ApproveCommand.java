package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Approves that a rollout goes on. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {"Lets a rollout go on that waits for an approval. Returns at once."})
final class ApproveCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Mixin private final Signature signature = new Signature();

  ApproveCommand(Console console) {
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
              "approve checkpoint " + checkpoint,
              rollout.approve(checkpoint, who, signature.comment()));
      return ExitCode.SUCCEEDED;
    }
  }
}
