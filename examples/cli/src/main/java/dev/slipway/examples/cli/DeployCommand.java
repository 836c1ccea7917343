package dev.slipway.examples.cli;

import dev.slipway.failure.PreflightException;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.rollout.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deploys, and stays until the end. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = {
      "Deploys as the rollout file says, and stays until the end, that of an automatic rollback"
          + " included. Prints a picture in a terminal, and lines elsewhere; with --json, one line"
          + " of JSON for each event.",
      "After an interrupt (Ctrl-C) no further lifecycle event starts; those that run are"
          + " completed.",
      "Other terminals can look and ask meanwhile: slipway status, events, explain, stop. When this"
          + " process is killed, nothing is lost: slipway continue goes on with the rollout. Until"
          + " it is over, another one of its deployment group is refused, unless its file says"
          + " onConflict: QUEUE or SUPERSEDE. Unfinished rollouts of"
          + " other groups whose processes are gone go on while this one runs."
    })
final class DeployCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final FileAndState options = new FileAndState();

  @Option(
      names = "--preflight",
      description =
          "look at all hosts first, and deploy to none unless all are fit; also when the file does"
              + " not say so")
  private boolean preflight;

  DeployCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Plan plan = lookFirst();
    try (OpenState state = options.drive(console)) {
      plan.warnings().forEach(console.err()::println);
      return new Following(console, options.json()).responsible(state.deployer().start(plan));
    }
  }

  private static void checkHosts(Plan plan) {
    if (plan.spec().options().preflight() != null) {
      PreflightReport report = plan.preflight();
      if (!report.isReady()) {
        throw new PreflightException(report);
      }
    }
  }

  /** What is wrong shall be known before anything is written or driven. */
  private Plan lookFirst() {
    try (Deployment look = options.look(console)) {
      Plan plan = look.plan(preflight);
      look.leftAlone()
          .forEach(
              other ->
                  console
                      .err()
                      .printf(
                          "slipway: goes on with %s of %s/%s too, whose process is gone%n",
                          other.id(), other.application(), other.deploymentGroup()));
      checkHosts(plan);
      return plan;
    }
  }
}
