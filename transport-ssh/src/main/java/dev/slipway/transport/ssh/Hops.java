package dev.slipway.transport.ssh;

import dev.slipway.transport.ssh.config.HostConfig;
import dev.slipway.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The servers that lead to one host. What its settings say wins over the configuration of SSH, and
 * that over what is usual; of the settings, those that say with what to log in and whom to trust
 * hold for the servers on the way too.
 */
final class Hops {

  private static final int DEFAULT_PORT = 22;
  private static final int MOST_HOPS = 16;

  private final Map<String, String> settings;
  private final SshConfig config;
  private final Path home = Path.of(System.getProperty("user.home"), ".ssh");

  Hops(Map<String, String> settings, SshConfig config) {
    this.settings = settings;
    this.config = config;
  }

  /**
   * Returns the servers, that of the host last.
   *
   * @param name the name or address of the host
   * @param port its port, if the settings say it
   * @throws IllegalArgumentException if something makes no sense
   */
  List<Hop> to(String name, OptionalInt port) {
    List<Hop> hops = new ArrayList<>();
    Destination host = new Destination(Optional.ofNullable(settings.get("user")), name, port);
    String jump = settings.get("jump");
    if (jump == null) {
      add(hops, host, 0);
    } else {
      for (Destination server : Destination.chain(jump)) {
        Optional<String> user =
            server.user().isPresent() || said(server).user().isPresent()
                ? server.user()
                : host.user();
        hops.add(hop(new Destination(user, server.name(), server.port())));
      }
      hops.add(hop(host));
    }
    String password = settings.getOrDefault("jumpPassword", "");
    hops.subList(0, hops.size() - 1).replaceAll(hop -> hop.onTheWay(password));
    return hops;
  }

  private HostConfig said(Destination server) {
    return config.forHost(server.name(), server.user().orElse(null));
  }

  /** As OpenSSH does, which calls itself: only the first of a chain may have a way of its own. */
  private void add(List<Hop> hops, Destination server, int depth) {
    HostConfig said = said(server);
    List<Destination> jumps = jumps(said);
    for (int i = 0; i < jumps.size(); i++) {
      if (depth >= MOST_HOPS) {
        throw new IllegalArgumentException(
            said.proxyJumpIsAt()
                + ": the way to "
                + server.name()
                + " leads in a circle; write ProxyJump none for "
                + jumps.get(i).name());
      }
      if (i == 0) {
        add(hops, jumps.get(0), depth + 1);
      } else {
        hops.add(hop(jumps.get(i)));
      }
    }
    hops.add(hop(server));
  }

  private static List<Destination> jumps(HostConfig said) {
    try {
      return Destination.chain(said.proxyJump().orElse(""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          said.proxyJumpIsAt() + ": proxyjump must be servers, but " + e.getMessage(), e);
    }
  }

  private Hop hop(Destination server) {
    HostConfig said = said(server);
    String user = server.user().or(said::user).orElse(System.getProperty("user.name"));
    int port =
        server.port().isPresent() ? server.port().getAsInt() : said.port().orElse(DEFAULT_PORT);
    return new Hop(
        user,
        said.hostName(),
        port,
        login(said, user, port),
        trust(said, user, port),
        said.connectTimeout());
  }

  private Hop.Login login(HostConfig said, String user, int port) {
    String own = settings.get("identityFile");
    boolean isOwn = own != null && !own.isBlank();
    List<Path> configured = said.identityFiles(user, port);
    List<Path> files =
        configured.isEmpty()
            ? List.of(home.resolve("id_rsa"), home.resolve("id_ecdsa"), home.resolve("id_ed25519"))
            : configured;
    return new Hop.Login(
        isOwn ? paths(own) : files,
        settings.containsKey("certificateFile")
            ? paths(settings.get("certificateFile"))
            : said.certificateFiles(user, port),
        settings.containsKey("certificateFile"),
        isOwn || said.identitiesOnly(),
        Agents.socket(
            Optional.ofNullable(settings.get("agent"))
                .or(() -> said.identityAgent(user, port))
                .orElse(Agents.USUAL)),
        settings.getOrDefault("passphrase", ""),
        settings.getOrDefault("password", ""),
        Secrets.Kind.PASSWORD);
  }

  private Hop.Trust trust(HostConfig said, String user, int port) {
    String checking = settings.get("hostKeyChecking");
    boolean isNewAccepted =
        checking == null ? said.acceptsNewHostKeys().orElse(false) : checking.equals("accept-new");
    List<Path> files = paths(settings.get("knownHosts"));
    if (files.isEmpty()) {
      files = said.knownHosts(user, port);
    }
    return new Hop.Trust(
        files.isEmpty()
            ? List.of(home.resolve("known_hosts"), home.resolve("known_hosts2"))
            : files,
        isNewAccepted ? Hop.NewHostKeys.ACCEPT : Hop.NewHostKeys.REFUSE,
        said.hostKeyAlias().orElse(""));
  }

  private static List<Path> paths(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .filter(part -> !part.isBlank())
            .map(part -> Path.of(part.strip()))
            .toList();
  }
}
