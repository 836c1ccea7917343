package dev.slipway.examples.cli;

import dev.slipway.transport.ssh.NewHostKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the command keeps rollouts, bundles and the history of groups.
 *
 * @param path the directory, which need not exist yet
 * @param sshConfig files that say how hosts are reached, where hosts do not
 * @param asked settings of hosts that are asked for at the terminal, where hosts do not say them
 * @param newHostKeys who is told of keys of hosts that are trusted from now on
 */
record StateDirectory(
    Path path, List<Path> sshConfig, Set<String> asked, Consumer<NewHostKey> newHostKeys) {

  /** Copies the collections in. */
  StateDirectory {
    sshConfig = List.copyOf(sshConfig);
    asked = Set.copyOf(asked);
  }

  /** Returns the directory that was given, or else the usual one of this user. */
  static StateDirectory of(
      @Nullable Path given, List<Path> sshConfig, Set<String> asked, Console console) {
    return new StateDirectory(
        given == null ? usual(console.environment()) : given,
        sshConfig,
        asked,
        new NewHostKeyNotes(console.err()));
  }

  /** Says whether there can be rollouts in it. */
  boolean isUsed() {
    return Files.exists(path.resolve("slipway.db"));
  }

  private static Path usual(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    return xdg.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "slipway")
        : Path.of(xdg, "slipway");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
