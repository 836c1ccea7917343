package dev.slipway.engine.inprocess;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One command on its way through a thread. Thread-safe: guarded by its own monitor. */
final class Job {

  private final HostCommand command;
  private final HostDirectory host;
  private Reports reports;
  private boolean started;
  private @Nullable Future<?> thread;
  private @Nullable Diagnostics end;

  Job(HostCommand command, Reports reports, HostDirectory host) {
    this.command = command;
    this.reports = reports;
    this.host = host;
  }

  synchronized void startOn(ExecutorService threads) {
    thread = threads.submit(this::run);
  }

  /** Sends what is still to come to other reports, and the end again if it has come already. */
  synchronized void reportTo(Reports others) {
    reports = others;
    if (end != null) {
      reports.finished(key(), end);
    }
  }

  synchronized void cancel(CancelMode mode) {
    Future<?> running = thread;
    if (running != null && (mode == CancelMode.TERMINATE || !started)) {
      running.cancel(true);
      if (!started) {
        finish(Diagnostics.unknownError("cancelled before it was started"));
      }
    }
  }

  private void run() {
    if (begin()) {
      finish(outcome());
    }
  }

  private Diagnostics outcome() {
    try {
      return host.run(command, text -> reports().output(key(), text));
    } catch (RuntimeException | Error e) {
      return Diagnostics.unknownError("Slipway failed on the control side: " + e);
    }
  }

  private synchronized boolean begin() {
    if (end != null) {
      return false;
    }
    started = true;
    reports.acknowledged(key());
    return true;
  }

  private synchronized void finish(Diagnostics diagnostics) {
    if (end == null) {
      end = diagnostics;
      reports.finished(key(), diagnostics);
    }
  }

  private synchronized Reports reports() {
    return reports;
  }

  private CommandKey key() {
    return command.key();
  }
}
