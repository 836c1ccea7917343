package dev.slipway.appspec;

/** An operating system that an AppSpec can name. */
public enum OperatingSystem {
  /** {@code os: linux}. */
  LINUX,
  /** {@code os: windows}: validated, but not run by this library. */
  WINDOWS
}
