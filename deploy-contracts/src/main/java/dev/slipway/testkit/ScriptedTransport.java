package dev.slipway.testkit;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostInspector;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A transport whose hosts answer at once: with success, but for what it was told to let fail, or
 * not at all while it holds. Thread-safe.
 */
public final class ScriptedTransport implements Transport, HostInspector {

  private static final HostCondition FIT =
      new HostCondition("root", true, null, List.of(), List.of());

  private final Map<String, LifecycleEvent> failing = new ConcurrentHashMap<>();
  private final Map<String, HostCondition> conditions = new ConcurrentHashMap<>();
  private final List<CommandKey> offered = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

  /** Lets an event of a host fail from now on. */
  public void failAt(String host, LifecycleEvent event) {
    failing.put(host, event);
  }

  /** Lets a host succeed again from now on. */
  public void succeedAt(String host) {
    failing.remove(host);
  }

  /** Lets a host be like this when it is looked at before a rollout; it is fit unless told. */
  public void condition(String host, HostCondition found) {
    conditions.put(host, found);
  }

  /** Answers nothing from now on. */
  public synchronized void hold() {
    holding = true;
  }

  /** Answers all that was held, and everything from now on. */
  public void proceed() {
    List<Runnable> answers;
    synchronized (this) {
      holding = false;
      answers = List.copyOf(held);
      held.clear();
    }
    answers.forEach(Runnable::run);
  }

  /** Returns the commands in the order in which they came. */
  public synchronized List<CommandKey> offered() {
    return List.copyOf(offered);
  }

  @Override
  public void offer(HostCommand command, Reports reports) {
    CommandKey key = command.key();
    Runnable answer =
        () -> {
          reports.acknowledged(key);
          reports.finished(key, outcome(key));
        };
    synchronized (this) {
      offered.add(key);
      if (holding) {
        held.add(answer);
        return;
      }
    }
    answer.run();
  }

  /** A look at a host is not answered while it holds, and is not made up for. */
  @Override
  public CompletionStage<HostCondition> inspect(Host host, HostNeeds needs, Duration within) {
    synchronized (this) {
      if (holding) {
        return new CompletableFuture<>();
      }
    }
    return CompletableFuture.completedStage(conditions.getOrDefault(host.id().value(), FIT));
  }

  private Diagnostics outcome(CommandKey key) {
    return key.event() == failing.get(key.host().value())
        ? new Diagnostics(LifecycleErrorCode.SCRIPT_FAILED, "check.sh", "exit code 1", "no\n")
        : Diagnostics.SUCCEEDED;
  }

  @Override
  public void cancel(CommandKey key, CancelMode mode) {}

  @Override
  public void release(DeploymentId deployment, Host host) {}

  @Override
  public void close() {}
}
