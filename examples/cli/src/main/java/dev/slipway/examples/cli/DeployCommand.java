package dev.slipway.examples.cli;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.event.RecordedEvent;
import dev.slipway.examples.screen.RolloutScreen;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deploys, and stays until the end. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = {
      "Deploys as the rollout file says, and stays until the end, that of an automatic rollback"
          + " included. Prints a picture in a terminal, and lines elsewhere; with --json, one line"
          + " of JSON for each event.",
      "After an interrupt (Ctrl-C) no further lifecycle event starts; those that run are completed."
    })
final class DeployCommand implements Callable<Integer> {

  /** No rollout is longer: CodeDeploy's own bound is 12 hours. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Console console;

  @Mixin private final FileAndState options = new FileAndState();

  DeployCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Deployment deployment = options.open(console.environment())) {
      Plan plan = deployment.plan();
      plan.warnings().forEach(console.err()::println);
      Rollout rollout = plan.start();
      try (Interruption interruption = Interruption.stopping(rollout, console.err())) {
        int code = exitCode(follow(plan, rollout));
        interruption.endWith(code);
        return code;
      }
    }
  }

  private RolloutResult follow(Plan plan, Rollout rollout) {
    List<HostId> hosts = plan.hosts().stream().map(Host::id).toList();
    say(plan.spec().application() + "/" + plan.spec().deploymentGroup(), rollout);
    RolloutResult result = watch(rollout, hosts);
    Optional<Rollout> rollback = rollout.rollback();
    if (rollback.isPresent()) {
      say("rollback of " + rollout.id(), rollback.get());
      watch(rollback.get(), hosts);
    }
    return result;
  }

  private RolloutResult watch(Rollout rollout, List<HostId> hosts) {
    EventJson asJson = new EventJson(rollout.id(), console.out());
    RolloutScreen screen = new RolloutScreen(console, hosts);
    FirstFailure failure = new FirstFailure();
    Consumer<RecordedEvent> shown = options.json() ? asJson : screen;
    rollout.onEvent(
        event -> {
          event.event().accept(failure);
          shown.accept(event);
        });
    RolloutResult result =
        rollout
            .await(FOR_EVER)
            .orElseThrow(() -> new IllegalStateException("waiting for the end was interrupted"));
    boolean isShown = options.json() ? asJson.awaitEnd() : screen.awaitEnd();
    if (!isShown) {
      console.err().println("slipway: the last events of " + rollout.id() + " were not shown");
    }
    if (!options.json()) {
      failure.lines(result).forEach(console.out()::println);
    }
    return result;
  }

  private void say(String what, Rollout rollout) {
    if (!options.json()) {
      console.out().println(what + ", deployment " + rollout.id());
    }
  }

  private static int exitCode(RolloutResult result) {
    DeploymentStatus status = result.status();
    return switch (status) {
      case SUCCEEDED -> ExitCode.SUCCEEDED;
      case FAILED -> ExitCode.FAILED;
      case STOPPED -> ExitCode.STOPPED;
      case CREATED, QUEUED, IN_PROGRESS, READY ->
          throw new IllegalStateException("a rollout ended as " + status);
    };
  }
}
