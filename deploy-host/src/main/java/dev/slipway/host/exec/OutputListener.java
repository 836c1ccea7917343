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

  /**
   * How far {@code DownloadBundle} or {@code Install} is: called now and then, from the thread that
   * runs the command, and at the end of an install. One that throws is not called again for the
   * command. Does nothing unless overridden.
   *
   * @param done how many entries of the bundle are unpacked, or steps of the install are done
   * @param total how many there are, 0 when that is not known beforehand
   */
  default void progressed(long done, long total) {}
}
