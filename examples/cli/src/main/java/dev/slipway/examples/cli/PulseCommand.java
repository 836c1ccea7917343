package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives a rollout the sign of life that it needs. */
@Command(
    name = "pulse",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a rollout the sign of life that its \"pulse:\" asks for. Returns at once."
    })
final class PulseCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  PulseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      new RequestText(console, options.json()).say(rollout, "pulse", rollout.pulse());
      return ExitCode.SUCCEEDED;
    }
  }
}
