package dev.slipway.host.plan;

/** The rule for ids that become names of files. */
final class SafeName {

  private static final int LONGEST = 200;

  private SafeName() {}

  /** Returns whether the id stays in its directory and fits on a line of text. */
  static boolean isSafe(String id) {
    boolean plain = id.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
    return plain && !id.isEmpty() && id.length() <= LONGEST && !id.startsWith(".");
  }

  /** Refuses an id that would leave its directory or that a line of text could not carry. */
  static void check(String what, String id) {
    if (!isSafe(id)) {
      throw new IllegalArgumentException(
          what
              + " must be one plain file name of 1 to "
              + LONGEST
              + " characters that does not start with a dot, but was \""
              + id
              + "\"");
    }
  }
}
