package dev.slipway.host.bundle;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is taken from a bundle and what is refused.
 *
 * @param limits how much a bundle may ask for
 * @param choices departures from the safe defaults
 */
public record IntakeOptions(IntakeLimits limits, Set<IntakeChoice> choices) {

  /** The defaults: safe against hostile bundles. */
  public static final IntakeOptions SAFE = new IntakeOptions(IntakeLimits.DEFAULT, Set.of());

  /** Copies the choices. */
  public IntakeOptions {
    choices = Set.copyOf(choices);
  }

  /** Returns these options with other limits. */
  public IntakeOptions withLimits(IntakeLimits other) {
    return new IntakeOptions(other, choices);
  }

  /** Returns these options with one more choice. */
  public IntakeOptions with(IntakeChoice choice) {
    Set<IntakeChoice> more = EnumSet.of(choice);
    more.addAll(choices);
    return new IntakeOptions(limits, more);
  }

  boolean chose(IntakeChoice choice) {
    return choices.contains(choice);
  }
}
