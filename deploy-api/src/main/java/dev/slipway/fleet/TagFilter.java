package dev.slipway.fleet;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the tags of a host. Case matters; {@code *} in the value stands for any run of
 * characters.
 *
 * @param key the key, or null for any
 * @param value the value, or null for any
 * @see <a href=
 *     "https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-tagging.html">Tagging
 *     instances</a>
 */
public record TagFilter(@Nullable String key, @Nullable String value) {

  /** Refuses a filter that says nothing. */
  public TagFilter {
    if (key == null && value == null) {
      throw new IllegalArgumentException("a tag filter needs a key, a value or both");
    }
  }

  /** Returns a filter for that key with that value. */
  public static TagFilter of(String key, String value) {
    return new TagFilter(key, value);
  }

  /** Returns a filter for that key, whatever its value. */
  public static TagFilter keyOnly(String key) {
    return new TagFilter(key, null);
  }

  /** Returns a filter for that value, whatever its key. */
  public static TagFilter valueOnly(String value) {
    return new TagFilter(null, value);
  }

  /** Returns whether tags fulfil the condition. */
  public boolean matches(Map<String, String> tags) {
    if (key == null) {
      return tags.values().stream().anyMatch(this::valueMatches);
    }
    String actual = tags.get(key);
    return actual != null && valueMatches(actual);
  }

  private boolean valueMatches(String actual) {
    if (value == null) {
      return true;
    }
    if (value.indexOf('*') < 0) {
      return value.equals(actual);
    }
    String pattern =
        Arrays.stream(value.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(actual).matches();
  }
}
