package dev.slipway.host.plan;

/**
 * The last characters of a text that arrives in pieces. Not safe for use by several threads.
 *
 * <p>AWS's agent keeps whole lines, and so loses everything when a line is long; this keeps the
 * last {@link #CAPACITY} characters, cutting the oldest line at its front.
 */
public final class TailBuffer {

  /** How many characters are kept. */
  public static final int CAPACITY = 2048;

  private final StringBuilder text = new StringBuilder();

  /** Adds a piece. */
  public void add(String piece) {
    text.append(piece, Math.max(0, piece.length() - CAPACITY), piece.length());
    text.delete(0, Math.max(0, text.length() - CAPACITY));
    if (text.length() > 0 && Character.isLowSurrogate(text.charAt(0))) {
      text.deleteCharAt(0);
    }
  }

  /** Returns what is kept. */
  @Override
  public String toString() {
    return text.toString();
  }
}
