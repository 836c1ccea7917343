package dev.slipway.transport.ssh;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.TailBuffer;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;

/**
 * A command on its way to its host, and how far it is. Guarded by its session's lock, but for what
 * only the working thread uses.
 */
final class Attempt {

  private final HostCommand command;
  private final TailBuffer tail = new TailBuffer();
  private Reports reports;
  private HookPlan plan;
  private long offset;
  private int failures;
  private boolean sent;
  private boolean unreachable;
  private boolean cancelled;
  private boolean stopWanted;

  Attempt(HostCommand command, Reports reports) {
    this.command = command;
    this.reports = reports;
    this.plan = HookPlan.nothing(command.key().event().wireName());
  }

  HostCommand command() {
    return command;
  }

  CommandKey key() {
    return command.key();
  }

  LifecycleEvent event() {
    return command.key().event();
  }

  int number() {
    return command.key().attempt();
  }

  Reports reports() {
    return reports;
  }

  void reportTo(Reports other) {
    reports = other;
  }

  /** Returns the scripts of the event, as far as they are known. */
  HookPlan plan() {
    return plan;
  }

  void plan(HookPlan scripts) {
    plan = scripts;
  }

  /** Returns how many bytes of the event's output have arrived. */
  long offset() {
    return offset;
  }

  /** Returns the end of the event's output. */
  String log() {
    return tail.toString();
  }

  void output(String lines, long bytes) {
    tail.add(lines);
    offset += bytes;
  }

  /** Returns whether the host may have the command. */
  boolean isSent() {
    return sent;
  }

  void markSent(boolean now) {
    sent = now;
  }

  /** Returns whether it was reported that the host cannot be reached. */
  boolean isUnreachable() {
    return unreachable;
  }

  void markUnreachable(boolean now) {
    unreachable = now;
    failures = now ? failures + 1 : 0;
  }

  /** Returns how often in a row the host could not be reached. */
  int failures() {
    return failures;
  }

  /** Returns whether it must not start any more. */
  boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /** Returns whether its script is to be ended. */
  boolean isStopWanted() {
    return stopWanted;
  }

  void wantStop() {
    stopWanted = true;
  }
}
