package dev.slipway.spi.store;

import org.jspecify.annotations.Nullable;

/**
 * What shall become of one document.
 *
 * @param kind what sort of thing it is
 * @param key its name within the kind
 * @param expected the version that must be kept now, 0 for none
 * @param json what it says from now on, or null to remove it
 */
public record DocumentChange(String kind, String key, long expected, @Nullable String json) {

  /** Refuses to remove what must not be there. */
  public DocumentChange {
    if (expected < 0 || (expected == 0 && json == null)) {
      throw new IllegalArgumentException(
          "document " + kind + " " + key + " of version " + expected + " cannot be removed");
    }
  }
}
