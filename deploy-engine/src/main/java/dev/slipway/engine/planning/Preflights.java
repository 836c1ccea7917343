package dev.slipway.engine.planning;

import dev.slipway.failure.PreflightException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.preflight.HostDefect;
import dev.slipway.preflight.Preflight;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostInspector;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Looks at hosts through their transports, a few at a time, and changes nothing there. Thread-safe.
 */
final class Preflights {

  private final Function<Host, Transport> transports;
  private final Timers timers;

  Preflights(Function<Host, Transport> transports, Timers timers) {
    this.transports = transports;
    this.timers = timers;
  }

  /** Refuses a draft that asks for a look at its hosts, if one of them is not fit. */
  void check(Draft draft) {
    Preflight how = draft.spec().options().preflight();
    if (how == null) {
      return;
    }
    PreflightReport report = look(draft, how);
    if (!report.isReady()) {
      throw new PreflightException(report);
    }
  }

  /** Looks at all hosts of a draft. Blocks until each has answered, or has had its time. */
  PreflightReport look(Draft draft) {
    return look(
        draft, Objects.requireNonNullElse(draft.spec().options().preflight(), Preflight.DEFAULT));
  }

  private PreflightReport look(Draft draft, Preflight how) {
    BundleContents contents = draft.contents();
    HostNeeds needs = how.accounts() ? contents.needs() : contents.needs().withoutAccounts();
    PreflightRules rules = new PreflightRules(how, needs, contents.bytes());
    Semaphore places = new Semaphore(how.atOnce());
    List<CompletableFuture<PreflightReport.Finding>> findings = new ArrayList<>();
    try {
      for (Host host : draft.record().deployedTo()) {
        places.acquire();
        findings.add(
            look(host, rules)
                .thenApply(defects -> new PreflightReport.Finding(host.id(), defects))
                .whenComplete((found, failure) -> places.release()));
      }
      places.acquire(how.atOnce());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestException("interrupted while hosts were looked at: nothing was started", e);
    }
    return new PreflightReport(findings.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<List<HostDefect>> look(Host host, PreflightRules rules) {
    Instant asked = timers.instant();
    CompletableFuture<HostCondition> answer = new CompletableFuture<>();
    Runnable endOfPatience =
        timers.at(asked.plus(rules.limits().within()), () -> answer.complete(rules.silent()));
    begin(host, rules)
        .whenComplete(
            (found, failure) -> {
              endOfPatience.run();
              answer.complete(failure == null ? found : failed(failure));
            });
    return answer.thenApply(found -> rules.defects(found, asked, timers.instant()));
  }

  private CompletionStage<HostCondition> begin(Host host, PreflightRules rules) {
    try {
      return transports.apply(host) instanceof HostInspector inspector
          ? inspector.inspect(host, rules.needs(), rules.limits().within())
          : CompletableFuture.completedStage(
              HostCondition.unfit(
                  HostDefect.Kind.NOT_INSPECTABLE,
                  "its transport cannot look at a host before it deploys: leave preflight out"));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static HostCondition failed(Throwable failure) {
    return HostCondition.unfit(
        HostDefect.Kind.NOT_INSPECTABLE, "its transport failed to look at it: " + failure);
  }
}
