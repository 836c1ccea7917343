package dev.slipway.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deploys again to what a rollout has left. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a new rollout of the same revision to the hosts that failed or were not started in a"
          + " rollout that is over, and stays until its end, as deploy does."
    })
final class RetryCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  RetryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    StateDirectory state = options.directory(console);
    try (OpenState look = OpenState.looking(state)) {
      NeededState.over(look.rollout(options.id()));
    }
    try (OpenState open = OpenState.driving(state)) {
      return new Following(console, options.json()).responsible(open.rollout(options.id()).retry());
    }
  }
}
