package dev.slipway.host.exec;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the parts of a long step, and tells a listener now and then. Not thread-safe. */
final class Progress {

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  /** A listener is told after each so many parts, and after the last. */
  static final int STRIDE = 100;

  private final long total;
  private OutputListener listener;
  private long done;

  /**
   * Makes one.
   *
   * @param total how many parts there are, 0 when nobody knows
   */
  Progress(OutputListener listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  /** One more is done. */
  void another() {
    done++;
    if (done % STRIDE == 0 || done == total) {
      tell();
    }
  }

  /** Tells where it stands; a listener that throws is told no more, and the step goes on. */
  private void tell() {
    try {
      listener.progressed(done, total);
    } catch (RuntimeException e) {
      LOG.warn("{} hears no more of this command's progress, because it threw", listener, e);
      listener = OutputListener.NONE;
    }
  }
}
