package dev.slipway.spi.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a gate says.
 *
 * @param kind which answer
 * @param why in words, may be empty
 * @param again for {@link Kind#NOT_YET}, when it is asked again; null otherwise
 */
public record GateAnswer(Kind kind, String why, @Nullable Duration again) {

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
  public static GateAnswer refused(String why) {
    return new GateAnswer(Kind.REFUSED, why, null);
  }

  /** Returns that it cannot be said yet, and when to ask again. */
  public static GateAnswer notYet(String why, Duration again) {
    return new GateAnswer(Kind.NOT_YET, why, again);
  }
}
