package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenSSH's server, as a process of its own with its own configuration. */
final class OpenSshServer implements TestServer {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final Path directory;
  private final int port;

  private OpenSshServer(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(SSHD) && Shell.find("ssh-keygen").isPresent();
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  static OpenSshServer start(Path directory, String hostKeyType) throws IOException {
    return start(directory, hostKeyType, List.of());
  }

  /** Starts one with further lines in its configuration. */
  static OpenSshServer start(Path directory, String hostKeyType, List<String> more)
      throws IOException {
    Files.createDirectories(directory);
    if (isRoot()) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    generate(directory.resolve("host"), hostKeyType, "");
    generate(directory.resolve("id"), "ed25519", "");
    generate(directory.resolve("id_locked"), "ed25519", "open sesame");
    generate(directory.resolve("id_strange"), "ed25519", "");
    Files.write(
        directory.resolve("authorized_keys"),
        List.of(
            Files.readString(directory.resolve("id.pub")).strip(),
            Files.readString(directory.resolve("id_locked.pub")).strip()));
    while (true) {
      OpenSshServer server = launch(directory, freePort(), more);
      if (server.awaitStart()) {
        return server;
      }
    }
  }

  private static OpenSshServer launch(Path directory, int port, List<String> more)
      throws IOException {
    Path config = directory.resolve("sshd_config");
    List<String> lines = new ArrayList<>(more);
    lines.addAll(
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "HostKey " + directory.resolve("host"),
            "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
            "PidFile none",
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            "UseDNS no"));
    Files.write(config, lines);
    Process process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new OpenSshServer(process, directory, port);
  }

  /** Somebody else may take it before the server does. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void generate(Path file, String type, String passphrase) throws IOException {
    run(
        List.of(
            "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString()));
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command + ": " + said);
    }
  }

  /**
   * Waits until it listens: who else may listen at its port does not count.
   *
   * @return whether it does; else somebody has taken the port
   */
  private boolean awaitStart() throws IOException {
    try {
      while (!log().contains("Server listening on ")) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          if (log().contains("Address already in use")) {
            return false;
          }
          throw new IOException("sshd ended: " + log());
        }
      }
      return true;
    } catch (InterruptedException e) {
      throw new IOException("interrupted while sshd starts", e);
    }
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String hostKey() {
    try {
      return Files.readString(directory.resolve("host.pub")).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Path identity() {
    return directory.resolve("id");
  }

  @Override
  public Path lockedIdentity() {
    return directory.resolve("id_locked");
  }

  @Override
  public Path strangeIdentity() {
    return directory.resolve("id_strange");
  }

  /** Returns how often somebody has logged in. */
  long logins() throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("log"))) {
      return lines.filter(line -> line.startsWith("Accepted publickey")).count();
    }
  }

  /** Kills the processes that serve connections; what hosts run goes on. */
  void killConnections() {
    process.children().forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process
        .onExit()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
