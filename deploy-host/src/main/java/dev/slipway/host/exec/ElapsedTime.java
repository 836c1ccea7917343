package dev.slipway.host.exec;

/** A clock that only measures, and that nobody can set back. */
@FunctionalInterface
public interface ElapsedTime {

  /** Returns nanoseconds since some fixed moment. */
  long nanos();
}
