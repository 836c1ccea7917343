package dev.slipway.engine.core;

import dev.slipway.event.CheckVerdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that is asked outside of the rollout, and what became of it.
 *
 * @param name of the gate, or of the source of alarms
 * @param round the number of the question in the rollout
 * @param deadline when it is too late
 * @param isOpen whether there is no answer to this round yet
 * @param verdict the last answer, to this round or an earlier one, or null before the first
 * @param message what the last answer says, empty before the first
 * @param askAgainAt when it is asked again, or null when it is not, or is open
 */
record Check(
    String name,
    int round,
    Instant deadline,
    boolean isOpen,
    @Nullable CheckVerdict verdict,
    String message,
    @Nullable Instant askAgainAt) {

  /** One that is asked, for the first time or again. */
  static Check asked(@Nullable Check before, String name, int round, Instant deadline) {
    return new Check(
        name,
        round,
        deadline,
        true,
        before == null ? null : before.verdict,
        before == null ? "" : before.message,
        null);
  }

  Check answered(CheckVerdict with, String why, @Nullable Instant again) {
    return new Check(name, round, deadline, false, with, why, again);
  }

  /** Whether its answer is the last one, and a good one. */
  boolean isPassed() {
    return !isOpen && verdict == CheckVerdict.PASSED && askAgainAt == null;
  }

  /** Whether whoever drives the rollout did not know whom to ask when it was asked last. */
  boolean isMissing() {
    return verdict == CheckVerdict.MISSING;
  }

  /**
   * When something is to be done about it, {@link Instant#MAX} for never. No deadline counts while
   * nobody is known to ask; one that was asked again may be known now, and its answer may be lost.
   */
  Instant due() {
    boolean nobodyToAsk = isMissing() && !isOpen;
    Instant latest = isPassed() || nobodyToAsk ? Instant.MAX : deadline;
    return askAgainAt == null || latest.isBefore(askAgainAt) ? latest : askAgainAt;
  }
}
