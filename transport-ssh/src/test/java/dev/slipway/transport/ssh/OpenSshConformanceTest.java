package dev.slipway.transport.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.host.local.CommandServer;
import dev.slipway.host.local.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The recorded deployments, pushed to this machine through OpenSSH's server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
class OpenSshConformanceTest extends Conformance {

  @TempDir static Path files;

  private @Nullable ReachableServer server;

  /** Starts the server, with its files in a directory. */
  ReachableServer serve(Path directory) throws IOException {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
    return OpenSshServer.start(directory, "ed25519");
  }

  @BeforeAll
  void start_server() throws IOException {
    ReachableServer started = serve(files.resolve("server"));
    server = started;
    Files.writeString(
        files.resolve("known_hosts"),
        "[127.0.0.1]:" + started.port() + " " + started.hostKey() + "\n");
  }

  @AfterAll
  void stop_server() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** What a host does otherwise that is pushed to, then what we do better everywhere. */
  @Override
  protected Map<String, String> lists() {
    Map<String, String> lists = new LinkedHashMap<>();
    lists.put("over-ssh.tsv", "ssh.json");
    lists.put("deviations.tsv", "ours.json");
    return lists;
  }

  @Override
  protected CommandServer start() throws IOException {
    ReachableServer open = Objects.requireNonNull(server);
    SshOptions options =
        SshOptions.DEFAULTS
            .withWorkDirectory(files)
            .withHostDefaults(
                Map.of(
                    "identityFile", open.identity().toString(),
                    "knownHosts", files.resolve("known_hosts").toString()));
    return new CommandServer(SshElsewhere.with(options), "ssh://root@127.0.0.1:" + open.port());
  }

  /** How a pushed host knows what has run there. */
  @Override
  protected String besides() {
    return "tickets";
  }
}
