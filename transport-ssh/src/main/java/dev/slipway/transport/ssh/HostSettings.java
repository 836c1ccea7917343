package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached and where it keeps things, from {@link Host#settings()}.
 *
 * @param user the account
 * @param port the port of the SSH server
 * @param jumps the servers that the connection goes through, the nearest first
 * @param identityFiles private keys, tried in order
 * @param passphrase where the keys' passphrase is ({@code env:NAME} or {@code file:PATH}), or empty
 * @param knownHosts files with the keys of hosts
 * @param newHostKeys what happens when none of these files knows the host
 * @param sudo whether the account becomes root through sudo
 * @param hostRoot prefix of all paths on the host, without a slash at its end; empty for none
 * @param deploymentRoot the deployment root, or empty for the default of the account
 * @param adopt whether a running agent of AWS on the same root is no hindrance
 */
record HostSettings(
    String user,
    int port,
    List<Hop> jumps,
    List<Path> identityFiles,
    String passphrase,
    List<Path> knownHosts,
    NewHostKeys newHostKeys,
    boolean sudo,
    String hostRoot,
    String deploymentRoot,
    boolean adopt) {

  /** What to do with the key of a host that is not known. */
  enum NewHostKeys {
    /** The host is refused. */
    REFUSE,
    /** It is trusted, and written to the first of the files. */
    ACCEPT
  }

  private static final int DEFAULT_PORT = 22;
  private static final int HIGHEST_PORT = 65_535;

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "user",
              "port",
              "jump",
              "identityFile",
              "passphrase",
              "knownHosts",
              "hostKeyChecking",
              "sudo",
              "hostRoot",
              "deploymentRoot",
              "adopt"));

  /** Copies the lists in. */
  HostSettings {
    jumps = List.copyOf(jumps);
    identityFiles = List.copyOf(identityFiles);
    knownHosts = List.copyOf(knownHosts);
  }

  /**
   * Reads the settings of a host.
   *
   * @param defaults settings for what the host does not say
   * @throws IllegalArgumentException if a setting is unknown or makes no sense
   */
  static HostSettings of(Host host, Map<String, String> defaults) {
    Map<String, String> all = new HashMap<>(defaults);
    all.putAll(host.settings());
    for (String key : all.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "host " + host.id() + ": there is no setting " + key + " for SSH; there are " + KEYS);
      }
    }
    Path home = Path.of(System.getProperty("user.home"), ".ssh");
    String user = all.getOrDefault("user", System.getProperty("user.name"));
    return new HostSettings(
        user,
        port(host, all.getOrDefault("port", String.valueOf(DEFAULT_PORT))),
        jumps(host, all.getOrDefault("jump", ""), user),
        paths(all.get("identityFile"), home.resolve("id_ed25519"), home.resolve("id_rsa")),
        all.getOrDefault("passphrase", ""),
        paths(all.get("knownHosts"), home.resolve("known_hosts")),
        newHostKeys(host, all.getOrDefault("hostKeyChecking", "strict")),
        flag(host, "sudo", all),
        absolute(host, "hostRoot", all),
        absolute(host, "deploymentRoot", all),
        flag(host, "adopt", all));
  }

  private static int port(Host host, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw wrong(host, "port", text, "a number from 1 to " + HIGHEST_PORT);
  }

  private static List<Hop> jumps(Host host, String text, String user) {
    try {
      return Hop.chain(text, user);
    } catch (IllegalArgumentException e) {
      throw wrong(host, "jump", text, "[user@]host[:port], or several, separated by commas");
    }
  }

  private static List<Path> paths(@Nullable String text, Path... standard) {
    if (text == null || text.isBlank()) {
      return Arrays.asList(standard);
    }
    List<Path> paths = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        paths.add(Path.of(part.strip()));
      }
    }
    return paths;
  }

  private static NewHostKeys newHostKeys(Host host, String text) {
    return switch (text) {
      case "strict" -> NewHostKeys.REFUSE;
      case "accept-new" -> NewHostKeys.ACCEPT;
      default -> throw wrong(host, "hostKeyChecking", text, "strict or accept-new");
    };
  }

  private static boolean flag(Host host, String key, Map<String, String> all) {
    String text = all.getOrDefault(key, "false");
    return switch (text) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> throw wrong(host, key, text, "true or false");
    };
  }

  private static String absolute(Host host, String key, Map<String, String> all) {
    String text = all.getOrDefault(key, "");
    String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (!path.isEmpty() && (!path.startsWith("/") || path.indexOf('\n') >= 0)) {
      throw wrong(host, key, text, "an absolute path");
    }
    return path;
  }

  private static IllegalArgumentException wrong(Host host, String key, String value, String right) {
    return new IllegalArgumentException(
        "host " + host.id() + ": " + key + " must be " + right + ", but was \"" + value + "\"");
  }

  /** Returns the settings without where the passphrase is. */
  @Override
  public String toString() {
    return user + "@:" + port;
  }
}
