package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.fail;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Writes down what a transport reports, for a test that waits for it. Thread-safe: guarded by its
 * own monitor.
 */
public final class HeardReports implements Reports {

  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(60);

  private final Set<CommandKey> acknowledged = new LinkedHashSet<>();
  private final Map<CommandKey, Diagnostics> ends = new LinkedHashMap<>();
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder all = new StringBuilder();

  /** Makes one that has heard nothing. */
  public HeardReports() {}

  private void hear(String what) {
    all.append(what).append('\n');
    notifyAll();
  }

  @Override
  public synchronized void acknowledged(CommandKey key) {
    acknowledged.add(key);
    hear("acknowledged " + key);
  }

  @Override
  public synchronized void output(CommandKey key, String lines) {
    output.append(lines);
    hear("output " + key + ": " + lines);
  }

  @Override
  public synchronized void finished(CommandKey key, Diagnostics diagnostics) {
    ends.putIfAbsent(key, diagnostics);
    hear("finished " + key + ": " + diagnostics);
  }

  @Override
  public synchronized void unreachable(CommandKey key, UnreachableReason reason, String message) {
    hear("unreachable " + key + ": " + reason + " " + message);
  }

  @Override
  public synchronized void back(CommandKey key) {
    hear("back " + key);
  }

  /** Returns whether the host has said that it has the command. */
  public synchronized boolean isAcknowledged(CommandKey key) {
    return acknowledged.contains(key);
  }

  /** Returns what scripts have printed so far. */
  public synchronized String output() {
    return output.toString();
  }

  /** Waits until a command is over and returns its first end. */
  public synchronized Diagnostics awaitEnd(CommandKey key) {
    await(() -> ends.containsKey(key));
    return ends.getOrDefault(key, Diagnostics.SUCCEEDED);
  }

  /** Waits until the host has the command. */
  public void awaitAcknowledged(CommandKey key) {
    await(() -> isAcknowledged(key));
  }

  /** Waits until something is so, looking again whenever something is heard, and now and then. */
  public synchronized void await(BooleanSupplier condition) {
    long waited = 0;
    while (!condition.getAsBoolean()) {
      if (waited > PATIENCE) {
        fail("not heard within %d ms, only:%n%s", PATIENCE, all);
      }
      try {
        wait(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      waited += 20;
    }
  }
}
