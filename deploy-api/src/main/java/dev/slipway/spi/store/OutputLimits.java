package dev.slipway.spi.store;

/**
 * How much of what scripts print is kept. It bounds a store, not what a host keeps in its own log
 * files.
 *
 * @param bytesOfEvent of one run of a lifecycle event: its first bytes are kept
 * @param bytesOfRollout of a whole rollout: its latest pieces are kept
 */
public record OutputLimits(long bytesOfEvent, long bytesOfRollout) {

  /** 128 KiB of an event, 16 MiB of a rollout. */
  public static final OutputLimits DEFAULT = new OutputLimits(128L << 10, 16L << 20);

  /** Refuses a limit under 0, and an event that may print more than its rollout. */
  public OutputLimits {
    if (bytesOfEvent < 0 || bytesOfRollout < bytesOfEvent) {
      throw new IllegalArgumentException(
          "an event may keep 0 bytes or more, and no more than its rollout, but got %d and %d"
              .formatted(bytesOfEvent, bytesOfRollout));
    }
  }
}
