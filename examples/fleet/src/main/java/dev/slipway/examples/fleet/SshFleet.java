package dev.slipway.examples.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/**
 * A fleet in this process: an SSH server for each host on a port of its own on 127.0.0.1, which
 * runs commands as the current user with the real {@code /bin/sh}.
 *
 * <p>Thread-safe.
 */
public final class SshFleet implements Fleet {

  private static final String ADDRESS = "127.0.0.1";

  private final List<SshServer> servers;
  private final List<FleetHost> hosts;
  private final FleetFiles files;
  private final ExecutorService executor;
  private final Set<Process> running;

  private SshFleet(
      List<SshServer> servers,
      List<FleetHost> hosts,
      FleetFiles files,
      ExecutorService executor,
      Set<Process> running) {
    this.servers = List.copyOf(servers);
    this.hosts = List.copyOf(hosts);
    this.files = files;
    this.executor = executor;
    this.running = running;
  }

  /**
   * Starts a fleet.
   *
   * @param directory where it keeps its keys, its inventory and its hosts' roots; made if missing
   * @param size number of hosts, at least 1: they are called {@code web-01}, {@code web-02} ...
   */
  public static SshFleet start(Path directory, int size) throws IOException {
    if (size < 1) {
      throw new IllegalArgumentException("a fleet needs at least 1 host, but size was " + size);
    }
    Path base = Files.createDirectories(directory).toRealPath();
    ExecutorService executor = Executors.newCachedThreadPool(SshFleet::thread);
    Set<Process> running = ConcurrentHashMap.newKeySet();
    KeyPair clientKey = Keys.generate();
    List<KeyPair> hostKeys = Keys.generate(size, executor);
    List<SshServer> servers = new ArrayList<>();
    List<FleetHost> hosts = new ArrayList<>();
    try {
      for (int number = 1; number <= size; number++) {
        String name = String.format("web-%02d", number);
        Path root = base.resolve("hosts").resolve(name);
        SshServer server = server(clientKey, hostKeys.get(number - 1));
        servers.add(server);
        server.start();
        FleetHost host = new FleetHost(name, ADDRESS, server.getPort(), root);
        Files.createDirectories(host.home());
        server.setCommandFactory(
            (channel, line) -> new ShellCommand(line, host, executor, running));
        hosts.add(host);
      }
      FleetFiles files = FleetFiles.in(base);
      Keys.write(files.identity(), clientKey);
      files.write(
          System.getProperty("user.name"), hosts, hostKeys.stream().map(Keys::line).toList());
      return new SshFleet(servers, hosts, files, executor, running);
    } catch (IOException | RuntimeException e) {
      stop(servers, executor, running);
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
  public void close() throws IOException {
    stop(servers, executor, running);
  }

  private static SshServer server(KeyPair clientKey, KeyPair hostKey) {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost(ADDRESS);
    server.setPort(0);
    server.setNioWorkers(1);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(
        (user, key, session) -> KeyUtils.compareKeys(clientKey.getPublic(), key));
    return server;
  }

  private static void stop(List<SshServer> servers, ExecutorService executor, Set<Process> running)
      throws IOException {
    IOException failure = null;
    for (SshServer server : servers) {
      try {
        server.stop(true);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    executor.shutdownNow();
    if (failure != null) {
      throw failure;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "ssh-fleet");
    thread.setDaemon(true);
    return thread;
  }
}
