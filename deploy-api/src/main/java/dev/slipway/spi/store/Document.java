package dev.slipway.spi.store;

/**
 * Something small that is kept under a name until it is removed.
 *
 * @param kind what sort of thing it is; keys are unique within a kind
 * @param key its name within the kind, not empty; case matters
 * @param version from 1, one higher with each writing
 * @param json a JSON document that the engine reads and writes
 */
public record Document(String kind, String key, long version, String json) {

  /** Refuses an empty key and a version under 1. */
  public Document {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a document of kind " + kind + " needs a key");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, but was " + version);
    }
  }
}
