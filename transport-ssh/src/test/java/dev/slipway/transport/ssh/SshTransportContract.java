package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.Transport;
import dev.slipway.testkit.TransportContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of transports, for SSH to a server of this machine. */
abstract class SshTransportContract extends TransportContract {

  private @Nullable TestServer server;
  private @Nullable Transport transport;

  /** Returns a server whose files are in the directory. */
  abstract TestServer start(Path in) throws IOException;

  @BeforeEach
  void open() throws IOException {
    TestServer started = start(directory().resolve("server"));
    server = started;
    Files.createDirectories(directory().resolve("host"));
    Files.writeString(
        knownHosts(), "[127.0.0.1]:" + started.port() + " " + started.hostKey() + "\n");
    transport = SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory()));
  }

  @AfterEach
  void close() throws IOException {
    transport().close();
    server().close();
  }

  private TestServer server() {
    return Objects.requireNonNull(server);
  }

  private Path knownHosts() {
    return directory().resolve("known_hosts");
  }

  @Override
  protected Transport transport() {
    return Objects.requireNonNull(transport);
  }

  @Override
  protected Host host() {
    return new Host(
        new HostId("web-1"),
        "127.0.0.1",
        "",
        Map.of(),
        Map.of(
            "port", String.valueOf(server().port()),
            "identityFile", server().identity().toString(),
            "knownHosts", knownHosts().toString(),
            "hostRoot", directory().resolve("host").toString(),
            "deploymentRoot", "/opt/root"));
  }

  @Override
  protected Bundle pack(Path revision) throws IOException {
    return Revisions.in(revision).pack(BundleType.TGZ);
  }
}
