package dev.slipway.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;

/**
 * Values of the engine as JSON. Names of one string are written as that string, instants as
 * ISO-8601 text; members that a reader does not know are passed over.
 *
 * <p>Thread-safe.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new NamesAsText())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** Returns the value as one line of JSON. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON form for " + value.getClass(), e);
    }
  }

  /**
   * Returns the value of a line of JSON.
   *
   * @throws StoreException with reason CORRUPT if it is not of that type
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new StoreException(
          Reason.CORRUPT, "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }
}
