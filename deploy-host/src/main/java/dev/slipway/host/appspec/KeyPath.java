package dev.slipway.host.appspec;

import org.jspecify.annotations.Nullable;

/**
 * The way from the top of the file to a key: {@code hooks.ApplicationStart[0].timeout}.
 *
 * @param parent the way to the map or list that holds it, or null at the top
 * @param step the last step: a name, or an index in brackets
 */
record KeyPath(@Nullable KeyPath parent, String step) {

  /** The whole file. */
  static final KeyPath TOP = new KeyPath(null, "");

  /** Names longer than this are cut: a path is for people. */
  private static final int LONGEST_NAME = 100;

  KeyPath child(String name) {
    return new KeyPath(
        this, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name);
  }

  KeyPath item(int index) {
    return new KeyPath(this, "[" + index + "]");
  }

  @Override
  public String toString() {
    if (parent == null) {
      return step;
    }
    String before = parent.toString();
    return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
  }
}
