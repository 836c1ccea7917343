package dev.slipway.engine.driver;

import dev.slipway.engine.core.GroupBook;
import org.jspecify.annotations.Nullable;

/** Why there is no way back to the last revision that worked. */
public final class OneWayDoors {

  private OneWayDoors() {}

  /**
   * Returns the reason of a rollout.
   *
   * @param declared the door that it passes itself, or null for none
   * @param book what is kept of its group
   * @return null when there is a way back
   */
  public static @Nullable String inWords(@Nullable String declared, GroupBook book) {
    return inherited(own(declared), book);
  }

  /**
   * Returns the reason that a rollout gives itself.
   *
   * @param declared the door that it passes, or null for none
   */
  public static @Nullable String own(@Nullable String declared) {
    return declared == null ? null : "a one-way door: " + declared;
  }

  /** Returns the reason of a rollout itself, or else that of the last one of its group. */
  static @Nullable String inherited(@Nullable String own, GroupBook book) {
    return own == null ? book.oneWayDoor() : own;
  }
}
