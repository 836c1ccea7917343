package dev.slipway.examples.cli;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.RolloutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rollout that did not succeed says of its first failed host. */
record FailureText(RolloutResult result) {

  private static final int LAST_LINES = 10;

  /** Returns nothing when no host failed. */
  List<String> lines() {
    Optional<HostResult> first = result.hosts().stream().filter(FailureText::isFailed).findFirst();
    return first.map(FailureText::lines).orElse(List.of());
  }

  private static boolean isFailed(HostResult host) {
    return host.status() == HostStatus.FAILED || host.status() == HostStatus.UNREACHABLE;
  }

  private static List<String> lines(HostResult host) {
    List<String> lines = new ArrayList<>();
    LifecycleEvent event = host.failedEvent();
    Diagnostics diagnostics = host.diagnostics();
    lines.add("first failure: " + host.host() + where(event, diagnostics) + ": " + host.reason());
    if (diagnostics != null) {
      List<String> log = diagnostics.log().lines().filter(line -> !line.isBlank()).toList();
      log.subList(Math.max(0, log.size() - LAST_LINES), log.size())
          .forEach(line -> lines.add("  | " + line));
    }
    return lines;
  }

  private static String where(@Nullable LifecycleEvent event, @Nullable Diagnostics diagnostics) {
    String at = event == null ? "" : " at " + event.wireName();
    return diagnostics == null || diagnostics.scriptName().isEmpty()
        ? at
        : at + ", " + diagnostics.scriptName();
  }
}
