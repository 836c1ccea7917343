package dev.slipway.host.exec;

/** The elapsed time of this machine. */
public final class SystemElapsedTime implements ElapsedTime {

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
