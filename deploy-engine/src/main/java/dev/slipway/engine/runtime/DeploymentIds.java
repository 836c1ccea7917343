package dev.slipway.engine.runtime;

import dev.slipway.deployment.DeploymentId;
import java.util.random.RandomGenerator;

/** Draws deployment ids. Thread-safe as far as its source is. */
public final class DeploymentIds {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 9;

  private final RandomGenerator random;

  /**
   * Draws from a source.
   *
   * @param random a {@link java.security.SecureRandom}, or a seeded one in tests
   */
  public DeploymentIds(RandomGenerator random) {
    this.random = random;
  }

  /** Returns a new id. */
  public DeploymentId next() {
    StringBuilder id = new StringBuilder("d-");
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new DeploymentId(id.toString());
  }
}
