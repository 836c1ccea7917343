package dev.slipway.transport.ssh;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings of a host that name files of this machine. {@code ~/} at the beginning of a path is the
 * home of the account that this process belongs to: no shell has seen these paths.
 */
final class HomePaths {

  private static final Set<String> LISTS = Set.of("identityFile", "certificateFile", "knownHosts");

  private static final Set<String> SECRETS =
      Set.of("passphrase", "password", "jumpPassword", "sudoPassword");

  private static final String FILE = "file:";

  private final Path home;

  /**
   * Makes one.
   *
   * @param home the home of the account
   */
  HomePaths(Path home) {
    this.home = home;
  }

  /** Returns the settings with whole paths. */
  Map<String, String> in(Map<String, String> settings) {
    Map<String, String> whole = new TreeMap<>(settings);
    whole.replaceAll(this::whole);
    return whole;
  }

  private String whole(String key, String value) {
    if (LISTS.contains(key)) {
      return Arrays.stream(value.split(",", -1))
          .map(part -> path(part.strip()))
          .collect(Collectors.joining(","));
    }
    if (key.equals("agent")) {
      return path(value);
    }
    return SECRETS.contains(key) && value.startsWith(FILE)
        ? FILE + path(value.substring(FILE.length()))
        : value;
  }

  private String path(String text) {
    return text.startsWith("~/") ? home.resolve(text.substring(2)).toString() : text;
  }
}
