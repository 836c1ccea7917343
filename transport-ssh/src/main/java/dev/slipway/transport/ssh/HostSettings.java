package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached and where it keeps things, from {@link Host#settings()} and the
 * configuration of SSH.
 *
 * @param server the host's SSH server
 * @param jumps the servers that the connection goes through, the nearest first
 * @param sudo whether the account becomes root through sudo
 * @param sudoPassword where the password is that sudo may ask for ({@code env:NAME}, {@code
 *     file:PATH} or {@code ask}), or empty
 * @param hostRoot prefix of all paths on the host, without a slash at its end; empty for none
 * @param deploymentRoot the deployment root, or empty for the default of the account
 * @param adopt whether a running agent of AWS on the same root is no hindrance
 * @param choices what the host does otherwise than by default
 */
record HostSettings(
    Hop server,
    List<Hop> jumps,
    boolean sudo,
    String sudoPassword,
    String hostRoot,
    String deploymentRoot,
    boolean adopt,
    Set<HostChoice> choices) {

  private static final int HIGHEST_PORT = 65_535;
  private static final HomePaths HOME = new HomePaths(Path.of(System.getProperty("user.home")));

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "user",
              "port",
              "jump",
              "jumpPassword",
              "identityFile",
              "certificateFile",
              "agent",
              "passphrase",
              "password",
              "knownHosts",
              "hostKeyChecking",
              "sudo",
              "sudoPassword",
              "hostRoot",
              "deploymentRoot",
              "adopt",
              "choices"));

  /** Copies the collections in. */
  HostSettings {
    jumps = List.copyOf(jumps);
    choices = Set.copyOf(choices);
  }

  /**
   * Reads the settings of a host.
   *
   * @param defaults settings for what the host does not say
   * @param config for what neither says
   * @throws IllegalArgumentException if a setting is unknown or makes no sense
   */
  static HostSettings of(Host host, Map<String, String> defaults, SshConfig config) {
    Map<String, String> said = new HashMap<>(defaults);
    said.putAll(host.settings());
    Map<String, String> all = HOME.in(said);
    for (String key : all.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "host " + host.id() + ": there is no setting " + key + " for SSH; there are " + KEYS);
      }
    }
    check(host, all);
    List<Hop> hops = new Hops(all, config).to(host.address(), port(host, all.get("port")));
    return new HostSettings(
        hops.get(hops.size() - 1),
        hops.subList(0, hops.size() - 1),
        flag(host, "sudo", all),
        all.getOrDefault("sudoPassword", ""),
        absolute(host, "hostRoot", all),
        absolute(host, "deploymentRoot", all),
        flag(host, "adopt", all),
        choices(host, all.getOrDefault("choices", "")));
  }

  private static void check(Host host, Map<String, String> all) {
    String jump = all.getOrDefault("jump", "");
    try {
      Destination.chain(jump);
    } catch (IllegalArgumentException e) {
      throw wrong(host, "jump", jump, "[user@]host[:port], or several, separated by commas");
    }
    String checking = all.getOrDefault("hostKeyChecking", "strict");
    if (!checking.equals("strict") && !checking.equals("accept-new")) {
      throw wrong(host, "hostKeyChecking", checking, "strict or accept-new");
    }
  }

  private static OptionalInt port(Host host, @Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return OptionalInt.of(port);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw wrong(host, "port", text, "a number from 1 to " + HIGHEST_PORT);
  }

  private static Set<HostChoice> choices(Host host, String text) {
    Set<HostChoice> choices = EnumSet.noneOf(HostChoice.class);
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        choices.add(
            HostChoice.named(part.strip())
                .filter(choice -> choice != HostChoice.REINSTALL_AFTER_FAILURE)
                .orElseThrow(() -> wrong(host, "choices", part.strip(), offered())));
      }
    }
    return choices;
  }

  /** Only a host that carries out its own deployments installs an old revision by itself. */
  private static String offered() {
    return Arrays.stream(HostChoice.values())
        .filter(choice -> choice != HostChoice.REINSTALL_AFTER_FAILURE)
        .map(HostChoice::optionName)
        .collect(Collectors.joining(", ", "some of ", ", separated by commas"));
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
    return server.user() + "@" + server;
  }
}
