package dev.slipway.host.exec;

/**
 * Hears what scripts write, while they write it. Called from the threads that read the scripts'
 * output, one call at a time; a slow listener slows the script. One that throws is not called again
 * for the event.
 */
@FunctionalInterface
public interface OutputListener {

  /** Hears nothing. */
  OutputListener NONE = text -> {};

  /**
   * A piece of the event's log: a line with its mark, such as {@code [stdout]} or {@code Script -
   * }, or the next part of a very long line.
   *
   * @param text the piece, with its newline where it has one
   */
  void wrote(String text);
}
