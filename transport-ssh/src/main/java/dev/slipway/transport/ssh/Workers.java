package dev.slipway.transport.ssh;

import java.time.Duration;

/** Who does the work of a transport. Thread-safe; no method blocks. */
interface Workers {

  /** Works on a host as soon as a thread is free; the task may block for as long as it likes. */
  void now(Runnable task);

  /** Works on a host after a pause. */
  void later(Duration pause, Runnable task);

  /** Does something short that must not wait for a thread that works on hosts. */
  void aside(Runnable task);
}
