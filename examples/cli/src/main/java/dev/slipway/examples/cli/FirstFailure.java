package dev.slipway.examples.cli;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostFinished;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.RolloutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host that failed first in a rollout, and what it said.
 *
 * <p>Hears events on one thread; may be asked on any.
 */
final class FirstFailure implements EventVisitor {

  private static final int LAST_LINES = 10;

  private volatile @Nullable HostId first;

  @Override
  public void hostFinished(HostFinished event) {
    boolean isFailure =
        event.status() == HostStatus.FAILED || event.status() == HostStatus.UNREACHABLE;
    if (isFailure && first == null) {
      first = event.host();
    }
  }

  /** Returns its name, the reason and the last lines of its output; nothing when none failed. */
  List<String> lines(RolloutResult result) {
    Optional<HostResult> host =
        result.hosts().stream().filter(each -> each.host().equals(first)).findFirst();
    return host.map(FirstFailure::lines).orElse(List.of());
  }

  private static List<String> lines(HostResult host) {
    List<String> lines = new ArrayList<>();
    lines.add("first failure: " + host.host() + ": " + host.reason());
    Diagnostics diagnostics = host.diagnostics();
    if (diagnostics != null) {
      List<String> log = diagnostics.log().lines().filter(line -> !line.isBlank()).toList();
      log.subList(Math.max(0, log.size() - LAST_LINES), log.size())
          .forEach(line -> lines.add("  | " + line));
    }
    return lines;
  }
}
