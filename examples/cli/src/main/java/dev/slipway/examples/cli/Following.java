package dev.slipway.examples.cli;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.event.RecordedEvent;
import dev.slipway.examples.screen.RolloutScreen;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.rollout.RolloutSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stays with a rollout until the end, that of an automatic rollback included, and tells of it.
 *
 * @param console where to
 * @param json whether in lines of JSON
 */
record Following(Console console, boolean json) {

  /** No rollout is longer: CodeDeploy's own bound is 12 hours. */
  static final Duration FOR_EVER = Duration.ofDays(365);

  /** Tells of the rollout; an interrupt of the process stops it. Returns the exit code. */
  int responsible(Rollout rollout) {
    try (Interruption interruption = Interruption.stopping(rollout, console.err())) {
      int code = onlooking(rollout);
      interruption.endWith(code);
      return code;
    }
  }

  /** Tells of the rollout, whoever drives it. Returns the exit code. */
  int onlooking(Rollout rollout) {
    RolloutSummary summary = rollout.summary();
    say(summary.application() + "/" + summary.deploymentGroup(), rollout);
    RolloutResult result = watch(rollout);
    Optional<Rollout> rollback = rollout.rollback();
    if (rollback.isPresent()) {
      say("rollback of " + rollout.id(), rollback.get());
      watch(rollback.get());
    }
    Optional<Rollout> update = rollout.update();
    if (update.isPresent()) {
      say("hosts that have joined since " + rollout.id(), update.get());
      return worse(result.status(), onlooking(update.get()));
    }
    return exitCode(result.status());
  }

  private static int worse(DeploymentStatus status, int later) {
    int code = exitCode(status);
    return code == ExitCode.SUCCEEDED ? later : code;
  }

  private RolloutResult watch(Rollout rollout) {
    List<HostId> hosts = rollout.hosts().stream().map(HostResult::host).toList();
    EventJson asJson = new EventJson(rollout.id(), console.out());
    RolloutScreen screen = new RolloutScreen(console, hosts);
    FirstFailure failure = new FirstFailure();
    Consumer<RecordedEvent> shown = json ? asJson : screen;
    rollout.onEvent(
        event -> {
          event.event().accept(failure);
          shown.accept(event);
        });
    RolloutResult result =
        rollout
            .await(FOR_EVER)
            .orElseThrow(() -> new IllegalStateException("waiting for the end was interrupted"));
    boolean isShown = json ? asJson.awaitEnd() : screen.awaitEnd();
    if (!isShown) {
      console.err().println("slipway: the last events of " + rollout.id() + " were not shown");
    }
    if (!json) {
      failure.lines(result).forEach(console.out()::println);
    }
    return result;
  }

  private void say(String what, Rollout rollout) {
    if (!json) {
      console.out().println(what + ", deployment " + rollout.id());
      console.out().flush();
    }
  }

  /** Returns how a process ends that stayed with a rollout until its end. */
  static int exitCode(DeploymentStatus status) {
    return switch (status) {
      case SUCCEEDED -> ExitCode.SUCCEEDED;
      case FAILED -> ExitCode.FAILED;
      case STOPPED -> ExitCode.STOPPED;
      case CREATED, QUEUED, IN_PROGRESS, READY ->
          throw new IllegalStateException("a rollout ended as " + status);
    };
  }
}
