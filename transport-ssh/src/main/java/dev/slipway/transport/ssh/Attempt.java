package dev.slipway.transport.ssh;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.TailBuffer;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to its host, and how far it is. Guarded by its session's monitor, but for
 * what only the thread uses that looks after the session.
 */
final class Attempt {

  /** What is to be done for a command next. */
  enum Phase {
    /** Its host is to be reached and asked. */
    TO_BEGIN,
    /** It waits, to be begun again. */
    PAUSED,
    /** What it needs is to be sent, and it is to be started. */
    TO_SEND,
    /** The host runs it; its end is to be heard. */
    FOLLOWED
  }

  /** What is known of a command on its host. */
  enum OnHost {
    /** An earlier process may have sent it; the host has not been asked yet. */
    UNKNOWN,
    /** Nobody has sent it. */
    ABSENT,
    /** It was sent; the host may have it, now or later. */
    SENT,
    /** The host has said that it has it. */
    BEGUN
  }

  private final HostCommand command;
  private final TailBuffer tail = new TailBuffer();
  private volatile Reports reports;
  private HookPlan plan;
  private Phase phase = Phase.TO_BEGIN;
  private OnHost onHost;
  private long offset;
  private long offsetOnFailure;
  private @Nullable Diagnostics failure;
  private volatile boolean followsOnFailure;
  private int failures;
  private boolean granted;
  private boolean taken;
  private @Nullable UnreachableReason unreachable;
  private boolean cancelled;
  private boolean stopWanted;

  Attempt(HostCommand command, Reports reports, OnHost onHost) {
    this.command = command;
    this.reports = new ToleratedReports(reports);
    this.onHost = onHost;
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

  String eventName() {
    return command.key().event().wireName();
  }

  String number() {
    return String.valueOf(command.key().attempt());
  }

  /** Returns how the host tells the scripts for the failure of this command from others. */
  String nameOnFailure() {
    return eventName() + "-" + number();
  }

  Reports reports() {
    return reports;
  }

  void reportTo(Reports other) {
    reports = new ToleratedReports(other);
  }

  /** Says that the host has the command, or will have it as soon as it can be sent. */
  void take() {
    taken = true;
    reports.acknowledged(key());
  }

  /** Returns whether that was said. */
  boolean isTaken() {
    return taken;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
  }

  OnHost onHost() {
    return onHost;
  }

  void onHost(OnHost now) {
    onHost = now;
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
    if (followsOnFailure) {
      offsetOnFailure += bytes;
    } else {
      tail.add(lines);
      offset += bytes;
    }
  }

  /** Notes how the event has failed, though scripts run because of that. */
  void failed(Diagnostics end) {
    failure = end;
  }

  @Nullable Diagnostics failure() {
    return failure;
  }

  /** Notes whether what the host says is of the scripts for a failure, no more of the event. */
  void followsOnFailure(boolean follows) {
    followsOnFailure = follows;
  }

  boolean isFollowingOnFailure() {
    return followsOnFailure;
  }

  /** Returns how many bytes of those scripts' output have arrived. */
  long offsetOnFailure() {
    return offsetOnFailure;
  }

  /** Returns whether a connection for it may be begun now; that is used up by asking. */
  boolean useGrant() {
    boolean may = granted;
    granted = false;
    return may;
  }

  void grant() {
    granted = true;
  }

  /** Returns why the host cannot be reached, as last reported, or null when it can. */
  @Nullable UnreachableReason unreachable() {
    return unreachable;
  }

  void lost(UnreachableReason reason) {
    unreachable = reason;
    failures++;
  }

  void reached() {
    unreachable = null;
    failures = 0;
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
