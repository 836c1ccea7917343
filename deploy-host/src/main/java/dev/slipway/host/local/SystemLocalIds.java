package dev.slipway.host.local;

import java.security.SecureRandom;
import java.util.function.Supplier;

/** Makes nine letters and digits that nobody can guess. Thread-safe. */
public final class SystemLocalIds implements Supplier<String> {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 9;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
