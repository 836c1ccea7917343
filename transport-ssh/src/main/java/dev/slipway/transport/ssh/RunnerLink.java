package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** A runner that was started somewhere, and its three streams. */
interface RunnerLink extends Closeable {

  /** What the runner writes. */
  InputStream fromRunner();

  /**
   * Has somebody called whenever something has come from the runner or the link has ended. The call
   * may come from any thread and often, and is quick. What came before is not told again.
   */
  void whenHeard(Runnable listener);

  /** Returns whether nothing more will come from the runner than what its stream holds. */
  boolean hasEnded();

  /** Says that the runner has greeted: if it is silent from now on, it only works. */
  default void greeted() {}

  /**
   * Throws why no runner has started, if the link knows; else returns. May wait a little. To be
   * called when the link has ended without a greeting.
   *
   * @throws LinkFailure if the way to the host, or to become root there, is closed
   * @throws HostUnfitException if no deployment can be carried out there
   */
  default void explain() throws LinkFailure, HostUnfitException {}

  /** What the runner reads. Flushing is up to the writer. */
  OutputStream toRunner();

  /** Returns the beginning of what was written to the error stream so far. */
  String complaints();

  /**
   * Asks the host for a sign of life and returns whether the one before was answered. Must not
   * wait.
   */
  boolean answers();

  /**
   * Says that nobody hears the runner any more, which was told to end: what leads to the host may
   * serve others when it has. Does not block. The link may be closed nevertheless.
   */
  default void leave() {
    close();
  }

  /** Ends the link; what runs on the host goes on. */
  @Override
  void close();
}
