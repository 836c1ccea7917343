package dev.slipway.failure;

/**
 * An AppSpec that cannot be used.
 *
 * <p>{@link #getMessage()} is the text that CodeDeploy's own agent gives where it has one; {@link
 * #describe()} adds the place.
 */
public final class AppSpecException extends DeployException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final int column;
  private final String key;
  private final String value;
  private final String hint;

  /**
   * Makes one without a value and a hint.
   *
   * @param file the file's name, as far as it is known
   * @param line the line, from 1, or 0 when the whole file is meant
   * @param column the column, from 1, or 0 when the whole line is meant
   * @param key the path of the key, for example {@code hooks.ApplicationStart[0].timeout}, or empty
   * @param message what is wrong
   */
  public AppSpecException(String file, int line, int column, String key, String message) {
    this(file, line, column, key, "", message, "");
  }

  /**
   * Makes one.
   *
   * @param file the file's name, as far as it is known
   * @param line the line, from 1, or 0 when the whole file is meant
   * @param column the column, from 1, or 0 when the whole line is meant
   * @param key the path of the key, for example {@code hooks.ApplicationStart[0].timeout}, or empty
   * @param value the value as written, or empty when there is none or it is no scalar
   * @param message what is wrong
   * @param hint what would be right, or empty when the message says it
   */
  public AppSpecException(
      String file, int line, int column, String key, String value, String message, String hint) {
    super(message);
    this.file = file;
    this.line = line;
    this.column = column;
    this.key = key;
    this.value = value;
    this.hint = hint;
  }

  /** Returns the file's name. */
  public String file() {
    return file;
  }

  /** Returns the line, from 1, or 0 when the whole file is meant. */
  public int line() {
    return line;
  }

  /** Returns the column, from 1, or 0 when the whole line is meant. */
  public int column() {
    return column;
  }

  /** Returns the path of the key, or an empty string. */
  public String key() {
    return key;
  }

  /** Returns the value as written, or an empty string. */
  public String value() {
    return value;
  }

  /** Returns what would be right, or an empty string when the message says it. */
  public String hint() {
    return hint;
  }

  /** Returns file, line, column, key, message, value and hint in one line. */
  public String describe() {
    String place = line == 0 ? file : file + ":" + line + (column == 0 ? "" : ":" + column);
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + explanation();
  }

  /** Returns the message, with the value unless the message shows it, and the hint. */
  public String explanation() {
    String message = String.valueOf(getMessage());
    boolean isShown = value.isEmpty() || message.contains(value);
    return message + (isShown ? "" : " Found: " + value) + (hint.isEmpty() ? "" : " " + hint);
  }
}
