package dev.slipway.engine;

/** Where a {@link dev.slipway.Deployer} comes from. */
public final class Slipway {

  private Slipway() {}

  /** Returns a builder with nothing set. */
  public static SlipwayBuilder builder() {
    return new SlipwayBuilder();
  }
}
