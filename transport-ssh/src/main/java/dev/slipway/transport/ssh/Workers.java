package dev.slipway.transport.ssh;

import java.time.Duration;

/**
 * Who does the work of a transport. Kinds of work that take long have threads of their own, so that
 * what is quick never waits for them. Thread-safe; no method blocks.
 */
interface Workers {

  /** Reaches a host, talks with it, or hears what it says. */
  void talk(Runnable task);

  /** Tries again with a host that did not answer before: those that do come first. */
  void talkAgain(Runnable task);

  /** Sends what may be large. */
  void transfer(Runnable task);

  /** Does something short after a pause. */
  void later(Duration pause, Runnable task);

  /** Does something short that must not wait for a thread that works on hosts. */
  void aside(Runnable task);
}
