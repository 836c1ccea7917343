package dev.slipway.examples.cli;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.rollout.RolloutSummary;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Where a rollout stands, in words. */
final class StatusText {

  private StatusText() {}

  /** Returns it in one line. */
  static String brief(Rollout rollout) {
    RolloutSummary summary = rollout.summary();
    return "%s  %s  %-10s  %s/%s%s  %s"
        .formatted(
            rollout.id(),
            summary.createdAt().truncatedTo(ChronoUnit.SECONDS),
            rollout.status().wireName(),
            summary.application(),
            summary.deploymentGroup(),
            summary.rollbackOf() == null ? "" : " (rollback of " + summary.rollbackOf() + ")",
            numbers(rollout.overview()));
  }

  /** Returns all of it. */
  static List<String> whole(Rollout rollout) {
    List<String> lines = new ArrayList<>();
    lines.add(brief(rollout));
    if (!rollout.status().isTerminal() && !rollout.isDriven()) {
      lines.add("  no process drives it; go on with \"slipway continue " + rollout.id() + "\"");
    }
    rollout
        .paused()
        .ifPresent(
            pause ->
                lines.add(
                    "  paused since %s%s; go on with \"slipway resume %s\""
                        .formatted(
                            pause.since().truncatedTo(ChronoUnit.SECONDS),
                            pause.reason().isEmpty() ? "" : ": " + pause.reason(),
                            rollout.id())));
    rollout.retryOf().ifPresent(retried -> lines.add("  retry of " + retried));
    rollout.hosts().forEach(host -> lines.add("  " + line(host)));
    rollout
        .await(Duration.ZERO)
        .map(RolloutResult::error)
        .map(StatusText::line)
        .ifPresent(lines::add);
    rollout
        .rollback()
        .ifPresent(
            rollback ->
                lines.add("  rollback " + rollback.id() + ": " + rollback.status().wireName()));
    return lines;
  }

  private static String line(HostResult host) {
    String reason = host.reason().isEmpty() ? "" : ": " + host.reason();
    return host.host() + " " + host.status().wireName() + reason;
  }

  private static String line(ErrorInformation error) {
    return "  " + error.code() + ": " + error.message();
  }

  private static String numbers(DeploymentOverview overview) {
    return "%d hosts: %d succeeded, %d failed, %d skipped, %d running, %d to come"
        .formatted(
            overview.total(),
            overview.succeeded(),
            overview.failed(),
            overview.skipped(),
            overview.inProgress(),
            overview.pending());
  }
}
