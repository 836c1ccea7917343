package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops a rollout that waits for an approval. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = {"Stops a rollout that waits for an approval. Returns at once."})
final class RejectCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--by", paramLabel = "NAME", description = "who says so; $USER unless given")
  private String by = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "why, for the record")
  private String comment = "";

  RejectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String who = by.isEmpty() ? console.environment().getOrDefault("USER", "") : by;
    try (OpenState look = OpenState.looking(options.directory(console.environment()))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      NeededState.waitingForApproval(rollout);
      new RequestText(console, options.json()).say(rollout, "reject", rollout.reject(who, comment));
      return ExitCode.SUCCEEDED;
    }
  }
}
