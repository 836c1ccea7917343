package dev.slipway.spi.transport;

import dev.slipway.deployment.Diagnostics;

/**
 * Where a transport says what became of a command.
 *
 * <p>Thread-safe and quick. May be called from any thread, in any order and repeatedly; the first
 * end of a key counts.
 */
public interface Reports {

  /** The host has the command. */
  void acknowledged(CommandKey key);

  /**
   * The host's scripts printed something.
   *
   * @param lines whole lines where possible
   */
  void output(CommandKey key, String lines);

  /** The event is over; {@link Diagnostics#isSuccess()} says how. */
  void finished(CommandKey key, Diagnostics diagnostics);

  /**
   * The host cannot be reached; what became of a running event is not known.
   *
   * @param message what happened and what to do about it
   */
  void unreachable(CommandKey key, UnreachableReason reason, String message);

  /** The host is reachable again, and the command goes on. */
  void back(CommandKey key);
}
