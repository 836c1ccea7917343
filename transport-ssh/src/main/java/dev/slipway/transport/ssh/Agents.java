package dev.slipway.transport.ssh;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the agents are that hold people's keys. */
final class Agents {

  /** What names the usual one. */
  static final String USUAL = "SSH_AUTH_SOCK";

  private Agents() {}

  /**
   * Returns an agent's socket; empty if there is none.
   *
   * @param name {@link #USUAL}, the name of another environment variable behind a dollar sign, a
   *     path, or {@code none}
   */
  static Optional<Path> socket(String name) {
    if (name.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    if (name.equals(USUAL) || name.startsWith("$")) {
      String variable = name.startsWith("$") ? name.substring(1) : name;
      return path(System.getenv(variable));
    }
    return path(name);
  }

  private static Optional<Path> path(@Nullable String text) {
    return text == null || text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
  }
}
