package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a rollout whose process is gone. */
@Command(
    name = "continue",
    mixinStandardHelpOptions = true,
    description = {
      "Goes on with an unfinished rollout whose process is gone, and stays until its end, as deploy"
          + " does. No script runs twice: one that was cut off with its process has failed. A"
          + " rollout that is paused stays so until \"slipway resume\".",
      "Refused while another process drives the rollouts of the state directory."
    })
final class ContinueCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  ContinueCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    StateDirectory state = options.directory(console);
    try (OpenState look = OpenState.looking(state)) {
      refuseDriven(look.rollout(options.id()));
    }
    try (OpenState open = OpenState.driving(state)) {
      Rollout rollout = open.rollout(options.id());
      warnOfPause(rollout);
      return new Following(console, options.json()).responsible(rollout);
    }
  }

  private void warnOfPause(Rollout rollout) {
    if (rollout.paused().isPresent()) {
      console
          .err()
          .println(
              "slipway: it is paused; let it go on with \"slipway resume " + rollout.id() + "\"");
      console.err().flush();
    }
  }

  private static void refuseDriven(Rollout rollout) {
    NeededState.unfinished(rollout);
    if (rollout.isDriven()) {
      throw new RequestException(
          "%s is driven by another process; follow it with \"slipway events %s --follow\""
              .formatted(rollout.id(), rollout.id()));
    }
  }
}
