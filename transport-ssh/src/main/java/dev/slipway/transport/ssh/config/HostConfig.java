package dev.slipway.transport.ssh.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a configuration says of one host. Methods throw {@link IllegalArgumentException}, with file
 * and line, where it says what makes no sense.
 */
public final class HostConfig {

  /** Keys of which each line counts. */
  static final Set<String> ADDING_UP = Set.of("identityfile", "certificatefile");

  /** Without these another host would be reached, or one that must not be trusted. */
  private static final Map<String, String> NEVER_IGNORED =
      Map.of(
          "proxycommand", "a jump host (ProxyJump) does the same",
          "canonicalizehostname", "write the whole name of the host",
          "revokedhostkeys", "known_hosts takes @revoked lines");

  private static final Set<String> USED =
      Set.of(
          "hostname",
          "user",
          "port",
          "identityfile",
          "certificatefile",
          "identitiesonly",
          "identityagent",
          "proxyjump",
          "userknownhostsfile",
          "globalknownhostsfile",
          "stricthostkeychecking",
          "hostkeyalias",
          "connecttimeout");

  /**
   * What concerns terminals, forwarding and the like says nothing about a deployment; silent
   * connections are always tried.
   */
  private static final Set<String> WITHOUT_MEANING =
      Set.of(
          "addkeystoagent",
          "batchmode",
          "checkhostip",
          "compression",
          "controlmaster",
          "controlpath",
          "controlpersist",
          "dynamicforward",
          "escapechar",
          "exitonforwardfailure",
          "forwardagent",
          "forwardx11",
          "forwardx11timeout",
          "forwardx11trusted",
          "gatewayports",
          "gssapiauthentication",
          "gssapidelegatecredentials",
          "hashknownhosts",
          "ignoreunknown",
          "localcommand",
          "localforward",
          "loglevel",
          "numberofpasswordprompts",
          "permitlocalcommand",
          "preferredauthentications",
          "remotecommand",
          "remoteforward",
          "requesttty",
          "sendenv",
          "serveralivecountmax",
          "serveraliveinterval",
          "sessiontype",
          "setenv",
          "streamlocalbindunlink",
          "syslogfacility",
          "tcpkeepalive",
          "updatehostkeys",
          "visualhostkey",
          "xauthlocation");

  private static final Logger LOG = LoggerFactory.getLogger(HostConfig.class);
  private static final int HIGHEST_PORT = 65_535;

  private final String original;
  private final Map<String, List<ConfigLine>> said;
  private final LocalAccount account;

  HostConfig(
      String original,
      Map<String, List<ConfigLine>> said,
      LocalAccount account,
      Set<String> alreadyNoted) {
    this.original = original;
    this.said = said;
    this.account = account;
    said.forEach(
        (key, lines) -> {
          ConfigLine line = lines.get(0);
          String remedy = NEVER_IGNORED.get(key);
          if (remedy != null) {
            if (!Set.of("none", "no", "false").contains(text(line))) {
              throw line.wrong(key + " is not supported: " + remedy);
            }
          } else if (!USED.contains(key)
              && !WITHOUT_MEANING.contains(key)
              && alreadyNoted.add(line.where())) {
            LOG.info("{}: {} has no effect here", line.where(), key);
          }
        });
  }

  private static String text(ConfigLine line) {
    return String.join(" ", line.arguments()).toLowerCase(Locale.ROOT);
  }

  private Optional<ConfigLine> line(String key) {
    return Optional.ofNullable(said.get(key)).map(lines -> lines.get(0));
  }

  /** Returns the name or address to connect to: the host's own if nothing else is said. */
  public String hostName() {
    return line("hostname").map(line -> Tokens.hostName(line, original)).orElse(original);
  }

  /** Returns the account on the host. */
  public Optional<String> user() {
    return line("user").map(ConfigLine::argument);
  }

  /** Returns the port. */
  public Optional<Integer> port() {
    return line("port").map(line -> number(line, 1, HIGHEST_PORT));
  }

  /** Returns the servers to go through as {@code ProxyJump} has them; empty also for none. */
  public Optional<String> proxyJump() {
    return line("proxyjump")
        .map(ConfigLine::argument)
        .filter(jump -> !jump.equalsIgnoreCase("none"));
  }

  /** Returns where {@code ProxyJump} stands, for errors. */
  public String proxyJumpIsAt() {
    return line("proxyjump").map(ConfigLine::where).orElse("");
  }

  /**
   * Returns the files with private keys, in their order.
   *
   * @param user the account on the host
   * @param port its port
   */
  public List<Path> identityFiles(String user, int port) {
    return files("identityfile", user, port);
  }

  /** Returns the files with certificates, in their order. */
  public List<Path> certificateFiles(String user, int port) {
    return files("certificatefile", user, port);
  }

  /** Returns whether keys that only the agent has are left aside. */
  public boolean identitiesOnly() {
    return line("identitiesonly").map(HostConfig::flag).orElse(false);
  }

  /**
   * Returns the agent's socket: a path, {@code SSH_AUTH_SOCK}, the name of another variable behind
   * a dollar sign, or {@code none}.
   */
  public Optional<String> identityAgent(String user, int port) {
    return line("identityagent")
        .map(
            line -> {
              String text = line.argument();
              boolean isName =
                  text.equalsIgnoreCase("none") || text.equals("SSH_AUTH_SOCK") || isVariable(text);
              return isName ? text : file(line, text, user, port).toString();
            });
  }

  private static boolean isVariable(String text) {
    return text.startsWith("$") && !text.startsWith("${");
  }

  /** Returns the files with the keys of hosts that are said; empty for the usual ones. */
  public List<Path> knownHosts(String user, int port) {
    List<Path> files = new ArrayList<>();
    for (String key : List.of("userknownhostsfile", "globalknownhostsfile")) {
      line(key)
          .ifPresent(
              line -> {
                for (String argument : line.arguments()) {
                  if (!argument.equalsIgnoreCase("none")) {
                    files.add(file(line, argument, user, port));
                  }
                }
              });
    }
    return files;
  }

  /** Returns the name under which the host's keys are known. */
  public Optional<String> hostKeyAlias() {
    return line("hostkeyalias").map(ConfigLine::argument);
  }

  /**
   * Returns whether the key of a host that is not known is trusted. A key that differs from the
   * known one never is, whatever is said.
   */
  public Optional<Boolean> acceptsNewHostKeys() {
    return line("stricthostkeychecking")
        .map(
            line ->
                switch (line.argument().toLowerCase(Locale.ROOT)) {
                  case "yes", "true", "ask" -> false;
                  case "accept-new", "no", "off", "false" -> true;
                  default ->
                      throw line.wrong(
                          "stricthostkeychecking must be yes, ask, accept-new or no, but is "
                              + line.argument());
                });
  }

  /** Returns how long connecting may take. */
  public Optional<Duration> connectTimeout() {
    return line("connecttimeout")
        .map(line -> TimeSpan.of(line.argument()).orElseThrow(() -> notTime(line)))
        .filter(time -> !time.isZero());
  }

  private static IllegalArgumentException notTime(ConfigLine line) {
    return line.wrong(
        line.key() + " must be a time such as 30 or 1m30s, but is " + line.argument());
  }

  private List<Path> files(String key, String user, int port) {
    List<Path> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ConfigLine line : said.getOrDefault(key, List.of())) {
      String text = line.argument();
      if (!text.equalsIgnoreCase("none") && seen.add(text)) {
        files.add(file(line, text, user, port));
      }
    }
    return files;
  }

  private Path file(ConfigLine line, String text, String user, int port) {
    Tokens tokens =
        Tokens.of(hostName(), original, hostKeyAlias().orElse(null), port, user, account);
    return account.path(tokens.fill(line, text), line);
  }

  private static boolean flag(ConfigLine line) {
    return switch (line.argument().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw line.wrong(line.key() + " must be yes or no, but is " + line.argument());
    };
  }

  private static int number(ConfigLine line, int least, int most) {
    try {
      int number = Integer.parseInt(line.argument());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw line.wrong(
        line.key() + " must be " + least + " to " + most + ", but is " + line.argument());
  }
}
