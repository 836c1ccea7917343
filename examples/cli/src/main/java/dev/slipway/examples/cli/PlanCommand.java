package dev.slipway.examples.cli;

import dev.slipway.rollout.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Answers what a rollout would do to the hosts that there are. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the inventory, the bundle and the history of the group, and says what would be done:"
          + " which hosts in which order, how many stay healthy, which scripts, which rollback.",
      "Changes nothing and connects to no host."
    })
final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final FileAndState options = new FileAndState();

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Deployment deployment = options.look(console.environment())) {
      Plan plan = deployment.plan();
      plan.warnings().forEach(console.err()::println);
      if (options.json()) {
        console.out().println(JsonText.line(PlanText.document(plan)));
      } else {
        PlanText.lines(plan).forEach(console.out()::println);
      }
      return ExitCode.SUCCEEDED;
    }
  }
}
