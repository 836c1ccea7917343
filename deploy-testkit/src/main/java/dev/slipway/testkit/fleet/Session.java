package dev.slipway.testkit.fleet;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a controller does to bring one command to its host: it sends it, and as long as it does not
 * hear how that ended it asks again, which for a host is the same. Not thread-safe.
 */
final class Session implements Link {

  private static final Duration ASK_AGAIN = Duration.ofSeconds(7);
  private static final int CANCELLED_AT_MOST = 5;

  private final Controller controller;
  private final World world;
  private final SimulatedHost host;
  private final HostCommand command;
  private Reports reports;
  private @Nullable CancelMode cancelled;
  private int cancellations;
  private boolean heard;
  private boolean lost;
  private boolean over;
  private boolean released;

  Session(Controller controller, Cluster cluster, HostCommand command, Reports reports) {
    this.controller = controller;
    this.world = cluster.world();
    this.host = cluster.host(command.key().host());
    this.command = command;
    this.reports = reports;
  }

  CommandKey key() {
    return command.key();
  }

  void reportTo(Reports others) {
    reports = others;
  }

  void open() {
    if (world.chance.strikes(Fault.REFUSAL)) {
      over = true;
      world.after(
          world.chance.millis(1, 50),
          () ->
              controller.run(
                  () ->
                      tell(
                          () ->
                              reports.unreachable(
                                  key(), UnreachableReason.REFUSED, "nothing listens there"))));
      return;
    }
    ask();
  }

  private void ask() {
    if (over || !controller.isAlive() || (released && cancelled == null)) {
      return;
    }
    CancelMode mode = cancelled;
    if (mode == null) {
      world.send(() -> "run " + key(), () -> host.receive(command, this));
    } else if (cancellations++ < CANCELLED_AT_MOST) {
      world.send(() -> "cancel " + key(), () -> host.receiveCancel(key(), mode, this));
    } else {
      return;
    }
    heard = false;
    world.after(ASK_AGAIN, () -> controller.run(this::askAgain));
  }

  private void askAgain() {
    if (!over && !heard && !lost && !released) {
      lost = true;
      UnreachableReason reason =
          world.chance.oneIn(2) ? UnreachableReason.CONNECTION_LOST : UnreachableReason.TIMED_OUT;
      tell(() -> reports.unreachable(key(), reason, "no answer"));
    }
    ask();
  }

  void cancel(CancelMode mode) {
    if (!over) {
      cancelled = mode;
      ask();
    }
  }

  void release() {
    released = true;
  }

  @Override
  public void acknowledged(CommandKey key) {
    answer(() -> "taken " + key, () -> reports.acknowledged(key));
  }

  @Override
  public void finished(CommandKey key, Diagnostics diagnostics) {
    answer(
        () -> "finished " + key,
        () -> {
          reports.finished(key, diagnostics);
          over = true;
        });
  }

  /** Sent by the host. */
  private void answer(Supplier<String> what, Runnable report) {
    if (!host.isReachable()) {
      return;
    }
    world.send(
        what,
        () ->
            controller.run(
                () -> {
                  heard = true;
                  if (lost) {
                    lost = false;
                    tell(() -> reports.back(key()));
                  }
                  tell(report);
                }));
  }

  private void tell(Runnable report) {
    if (!released) {
      report.run();
    }
  }
}
