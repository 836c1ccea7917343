package dev.slipway.config;

/**
 * When the next hosts may start. Both keep the same floor and give the same verdict; they differ in
 * duration only.
 */
public enum Batching {
  /** The next hosts start when every host of the wave before has ended. */
  WAVE,
  /** Each slot is filled as soon as it is free. */
  WINDOW
}
