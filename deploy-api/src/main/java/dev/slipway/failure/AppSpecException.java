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

  /**
   * Makes one.
   *
   * @param file the file's name, as far as it is known
   * @param line the line, from 1, or 0 when the whole file is meant
   * @param column the column, from 1, or 0 when the whole line is meant
   * @param key the path of the key, for example {@code hooks.ApplicationStart[0].timeout}, or empty
   * @param message what is wrong
   */
  public AppSpecException(String file, int line, int column, String key, String message) {
    super(message);
    this.file = file;
    this.line = line;
    this.column = column;
    this.key = key;
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

  /** Returns file, line, column, key and message in one line. */
  public String describe() {
    String place = line == 0 ? file : file + ":" + line + (column == 0 ? "" : ":" + column);
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + getMessage();
  }
}
