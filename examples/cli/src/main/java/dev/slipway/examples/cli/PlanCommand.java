package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.rollout.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers what a rollout would do to the hosts that there are. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the inventory, the bundle and the history of the group, and says what would be done:"
          + " which hosts in which order, how many stay healthy, which scripts, which rollback.",
      "What is wrong with a setting of a host is said here, with its place in the inventory.",
      "Changes nothing and, without --preflight, connects to no host."
    })
final class PlanCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final FileAndState options = new FileAndState();

  @Option(
      names = "--preflight",
      description = "look at all hosts too, and say which of them are not fit for the deployment")
  private boolean preflight;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Deployment deployment = options.look(console)) {
      Plan plan = deployment.plan(preflight);
      plan.warnings().forEach(console.err()::println);
      PreflightReport report = preflight ? plan.preflight() : null;
      if (options.json()) {
        ObjectNode document = PlanText.document(plan);
        if (report != null) {
          document.set("preflight", PlanText.document(report));
        }
        console.out().println(JsonText.line(document));
      } else {
        PlanText.lines(plan).forEach(console.out()::println);
        if (report != null) {
          console.out().println("  preflight: " + String.join("\n  ", report.lines()));
        }
      }
      return ExitCode.SUCCEEDED;
    }
  }
}
