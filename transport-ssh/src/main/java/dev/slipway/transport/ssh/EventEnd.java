package dev.slipway.transport.ssh;

/**
 * How the runner says that an event ended.
 *
 * @param kind the word of the runner, for example {@code failed}
 * @param script the number of the script that it is about, from 0
 * @param value an exit status or the like
 * @param message what a tool said
 */
record EventEnd(String kind, int script, int value, String message) {

  private static final int LONGEST_MESSAGE = 2048;

  /** Reads the runner's last frame of an event. */
  static EventEnd of(Message.Frame frame) {
    return new EventEnd(
        frame.argument(2),
        number(frame.argument(3)),
        number(frame.argument(4)),
        shortened(frame.text().strip()));
  }

  /** A tool may complain of every file of a bundle; the journal keeps only the beginning. */
  private static String shortened(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
