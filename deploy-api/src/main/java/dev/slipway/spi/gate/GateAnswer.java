package dev.slipway.spi.gate;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a gate says.
 *
 * @param kind which answer
 * @param why in words, of which the first 4,000 characters are kept; empty for none, which null
 *     counts as, because an exception may have no message
 * @param again for {@link Kind#NOT_YET}, after how long it is asked again, at least 1 s and at most
 *     1 h; null for 30 s, and otherwise
 */
public record GateAnswer(Kind kind, String why, @Nullable Duration again) {

  /** Refuses an answer without a kind. */
  public GateAnswer {
    Objects.requireNonNull(kind, "kind");
    why = Objects.requireNonNullElse(why, "");
  }

  /** The answers there are. */
  public enum Kind {
    /** All is well. */
    PASSED,
    /** It is not, and waiting does not help: the host, or the rollout, has failed. */
    REFUSED,
    /** It cannot be said yet. */
    NOT_YET
  }

  /** Returns that all is well. */
  public static GateAnswer passed() {
    return new GateAnswer(Kind.PASSED, "", null);
  }

  /** Returns that it is not. */
  public static GateAnswer refused(@Nullable String why) {
    return new GateAnswer(Kind.REFUSED, Objects.requireNonNullElse(why, ""), null);
  }

  /** Returns that it cannot be said yet, and when to ask again. */
  public static GateAnswer notYet(@Nullable String why, Duration again) {
    return new GateAnswer(Kind.NOT_YET, Objects.requireNonNullElse(why, ""), again);
  }
}
