package dev.slipway.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A fleet behind OpenSSH's own server: each host is a loopback address, and commands run as root.
 * Linux, root and an installed {@code sshd} are needed; {@link #missing()} says which is not there.
 *
 * <p>Thread-safe.
 */
public final class OpenSshFleet implements Fleet {

  /** What OpenSSH's server takes: 16 addresses to listen at. */
  private static final int MOST_ADDRESSES = 16;

  private static final int MOST_HOSTS = 250;
  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final long PATIENCE_SECONDS = 30;
  private static final int MOST_TRIES = 600;

  private final List<FleetHost> hosts;
  private final FleetFiles files;
  private final List<Process> servers;

  private OpenSshFleet(List<FleetHost> hosts, FleetFiles files, List<Process> servers) {
    this.hosts = List.copyOf(hosts);
    this.files = files;
    this.servers = List.copyOf(servers);
  }

  /** Returns why such a fleet cannot be here; empty when it can. */
  public static Optional<String> missing() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      return Optional.of("OpenSSH fleets need Linux");
    }
    if (!Files.isExecutable(SSHD)) {
      return Optional.of("OpenSSH fleets need an installed sshd");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("OpenSSH fleets need root");
    }
    return Optional.empty();
  }

  /**
   * Starts a fleet.
   *
   * @param directory where it keeps its keys, its inventory and its hosts' roots; made if missing
   * @param size number of hosts, 1 to 250: they are called {@code web-01}, {@code web-02} ..., and
   *     have the addresses 127.0.77.1, 127.0.77.2 ...
   */
  public static OpenSshFleet start(Path directory, int size) throws IOException {
    if (size < 1 || size > MOST_HOSTS) {
      throw new IllegalArgumentException(
          "a fleet needs 1 to " + MOST_HOSTS + " hosts, but size was " + size);
    }
    Path base = Files.createDirectories(directory).toRealPath();
    Files.createDirectories(Path.of("/run/sshd"));
    FleetFiles files = FleetFiles.in(base);
    Path hostKey = base.resolve("ssh_host_ed25519_key");
    generate(hostKey);
    generate(files.identity());
    int port = Ports.free(1).get(0);
    List<FleetHost> hosts = new ArrayList<>();
    for (int number = 1; number <= size; number++) {
      String name = String.format(Locale.ROOT, "web-%02d", number);
      FleetHost host =
          new FleetHost(name, "127.0.77." + number, port, base.resolve("hosts").resolve(name));
      Files.createDirectories(host.home());
      hosts.add(host);
    }
    String key = Files.readString(Path.of(hostKey + ".pub")).strip();
    files.write("root", hosts, hosts.stream().map(host -> key).toList());
    Path users = base.resolve("passwd");
    Files.writeString(users, usersWithAPlainShell(base));
    List<Process> servers = new ArrayList<>();
    try {
      for (int from = 0; from < size; from += MOST_ADDRESSES) {
        List<FleetHost> some = hosts.subList(from, Math.min(size, from + MOST_ADDRESSES));
        servers.add(server(base, files, hostKey, some, servers.size()));
      }
      OpenSshFleet fleet = new OpenSshFleet(hosts, files, servers);
      fleet.awaitServers();
      return fleet;
    } catch (IOException | RuntimeException e) {
      servers.forEach(OpenSshFleet::end);
      throw e;
    }
  }

  @Override
  public List<FleetHost> hosts() {
    return hosts;
  }

  @Override
  public FleetFiles files() {
    return files;
  }

  @Override
  public void close() {
    servers.forEach(OpenSshFleet::end);
  }

  private static Process server(
      Path base, FleetFiles files, Path hostKey, List<FleetHost> hosts, int number)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (FleetHost host : hosts) {
      lines.add("ListenAddress " + host.address() + ":" + host.port());
    }
    lines.add("HostKey " + hostKey);
    lines.add("AuthorizedKeysFile " + files.identity() + ".pub");
    lines.add("PidFile none");
    lines.add("StrictModes no");
    lines.add("UsePAM no");
    lines.add("PasswordAuthentication no");
    lines.add("PermitRootLogin prohibit-password");
    lines.add("PrintMotd no");
    lines.add("PrintLastLog no");
    lines.add("UseDNS no");
    lines.add("Subsystem sftp internal-sftp");
    lines.add("MaxStartups 1000");
    lines.add("MaxSessions 1000");
    Path config = base.resolve("sshd_config_" + number);
    Files.write(config, lines);
    Path log = base.resolve("sshd_" + number + ".log");
    String sshd = SSHD + " -D -e -f " + config;
    // A mount namespace of its own gives it a passwd file in which root has a plain shell.
    String script =
        "unshare -m true 2>/dev/null || exec %1$s; exec unshare -m sh -c 'mount --bind %2$s/passwd /etc/passwd; exec %1$s'"
            .formatted(sshd, base);
    return new ProcessBuilder("/bin/sh", "-c", script)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** A login shell with a profile to read would cost more than a whole deployment. */
  private static String usersWithAPlainShell(Path home) throws IOException {
    try (Stream<String> users = Files.lines(Path.of("/etc/passwd"))) {
      return users
          .map(user -> user.startsWith("root:") ? "root:x:0:0:root:" + home + ":/bin/sh" : user)
          .reduce("", (all, user) -> all + user + "\n");
    }
  }

  private void awaitServers() throws IOException {
    for (FleetHost host : hosts) {
      Process server = servers.get(hosts.indexOf(host) / MOST_ADDRESSES);
      for (int tries = 0; !listens(host); tries++) {
        if (hasEnded(server) || tries == MOST_TRIES) {
          throw new IOException("sshd does not listen for " + host.name() + ": " + log(host));
        }
      }
    }
  }

  /** Gives the server a moment, and returns whether it was its last. */
  private static boolean hasEnded(Process server) throws IOException {
    try {
      return server.waitFor(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sshd starts", e);
    }
  }

  private String log(FleetHost host) throws IOException {
    int number = hosts.indexOf(host) / MOST_ADDRESSES;
    return Files.readString(files.inventory().resolveSibling("sshd_" + number + ".log"));
  }

  private static boolean listens(FleetHost host) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host.address()), host.port()));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void generate(Path key) throws IOException {
    Files.deleteIfExists(key);
    Process process =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .redirectErrorStream(true)
            .start();
    String complaint = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("ssh-keygen made no key: " + complaint);
    }
  }

  private static void end(Process server) {
    server.descendants().forEach(ProcessHandle::destroy);
    server.destroy();
    server
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> server.destroyForcibly())
        .join();
  }
}
