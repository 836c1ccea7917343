package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    for (String fault : faults(all).values()) {
      throw new IllegalArgumentException("host " + host.id() + ": " + fault);
    }
    List<Hop> hops = new Hops(all, config).to(host.address(), port(all.get("port")));
    return new HostSettings(
        hops.get(hops.size() - 1),
        hops.subList(0, hops.size() - 1),
        flag("sudo", all),
        all.getOrDefault("sudoPassword", ""),
        absolute("hostRoot", all),
        absolute("deploymentRoot", all),
        flag("adopt", all),
        choices(all.getOrDefault("choices", "")));
  }

  /** Returns what is wrong with settings, by key, as far as they say it themselves. */
  static SortedMap<String, String> faults(Map<String, String> settings) {
    SortedMap<String, String> faults = new TreeMap<>();
    for (String key : settings.keySet()) {
      try {
        check(key, settings);
      } catch (IllegalArgumentException e) {
        faults.put(key, String.valueOf(e.getMessage()));
      }
    }
    return faults;
  }

  private static void check(String key, Map<String, String> all) {
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException(
          "there is no setting " + key + " for SSH; there are " + String.join(", ", KEYS));
    }
    String value = all.getOrDefault(key, "");
    Object unused =
        switch (key) {
          case "port" -> port(value);
          case "jump" -> jump(value);
          case "hostKeyChecking" -> checking(value);
          case "sudo", "adopt" -> flag(key, all);
          case "hostRoot", "deploymentRoot" -> absolute(key, all);
          case "choices" -> choices(value);
          default -> value;
        };
  }

  private static List<Destination> jump(String text) {
    try {
      return Destination.chain(text);
    } catch (IllegalArgumentException e) {
      throw wrong("jump", text, "[user@]host[:port], or several, separated by commas");
    }
  }

  private static String checking(String text) {
    if (!text.equals("strict") && !text.equals("accept-new")) {
      throw wrong("hostKeyChecking", text, "strict or accept-new");
    }
    return text;
  }

  private static OptionalInt port(@Nullable String text) {
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
    throw wrong("port", text, "a number from 1 to " + HIGHEST_PORT);
  }

  private static Set<HostChoice> choices(String text) {
    Set<HostChoice> choices = EnumSet.noneOf(HostChoice.class);
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        choices.add(
            HostChoice.named(part.strip())
                .filter(choice -> choice != HostChoice.REINSTALL_AFTER_FAILURE)
                .orElseThrow(() -> wrong("choices", part.strip(), offered())));
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

  private static boolean flag(String key, Map<String, String> all) {
    String text = all.getOrDefault(key, "false");
    return switch (text) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> throw wrong(key, text, "true or false");
    };
  }

  private static String absolute(String key, Map<String, String> all) {
    String text = all.getOrDefault(key, "");
    String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (!path.isEmpty() && (!path.startsWith("/") || path.indexOf('\n') >= 0)) {
      throw wrong(key, text, "an absolute path");
    }
    return path;
  }

  private static IllegalArgumentException wrong(String key, String value, String right) {
    return new IllegalArgumentException(key + " must be " + right + ", but was \"" + value + "\"");
  }

  /** Returns the servers that the connection goes to, the nearest first and the host's own last. */
  List<Hop> hops() {
    List<Hop> hops = new ArrayList<>(jumps);
    hops.add(server);
    return hops;
  }

  /** Returns the host's server with those that lead to it, in words. */
  String way() {
    return jumps.isEmpty()
        ? server.toString()
        : server
            + jumps.stream().map(Hop::toString).collect(Collectors.joining(", ", " (behind ", ")"));
  }

  /** Returns the settings without where the passphrase is. */
  @Override
  public String toString() {
    return server.user() + "@" + server;
  }
}
