package dev.slipway.revision;

import java.util.regex.Pattern;

/**
 * The id of a stored revision: the SHA-256 of its bundle.
 *
 * @param sha256 64 lower-case hex digits
 */
public record RevisionId(String sha256) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /** Refuses any other form. */
  public RevisionId {
    if (!FORM.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "a revision id is 64 lower-case hex digits, but was " + sha256);
    }
  }

  /** Returns the first twelve digits, enough for people. */
  public String abbreviated() {
    return sha256.substring(0, 12);
  }

  @Override
  public String toString() {
    return sha256;
  }
}
