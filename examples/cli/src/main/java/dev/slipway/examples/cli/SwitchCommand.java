package dev.slipway.examples.cli;

import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a blue/green rollout that waits for it to switch traffic. */
@Command(
    name = "switch",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a blue/green rollout whose replacement hosts are ready to switch traffic to them."
          + " Returns at once. One that does not wait for that just then ignores it."
    })
final class SwitchCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
  private String reason = "";

  SwitchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      new RequestText(console, options.json())
          .say(rollout, "switch traffic", rollout.request(RolloutRequest.switchTraffic(reason)));
      return ExitCode.SUCCEEDED;
    }
  }
}
