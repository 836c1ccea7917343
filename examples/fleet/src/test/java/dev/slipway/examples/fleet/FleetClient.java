package dev.slipway.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;

/** A plain SSH client that has nothing but the fleet's files. */
final class FleetClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SshClient client;

  private FleetClient(SshClient client) {
    this.client = client;
  }

  record Outcome(int status, String output, String errors) {}

  static FleetClient of(FleetFiles files) {
    SshClient client = SshClient.setUpDefaultClient();
    client.setKeyIdentityProvider(new FileKeyPairProvider(files.identity()));
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, files.knownHosts()));
    client.start();
    return new FleetClient(client);
  }

  Outcome run(FleetHost host, String command) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status = run(host, command, InputStream.nullInputStream(), output, errors);
    return new Outcome(status, output.toString(UTF_8), errors.toString(UTF_8));
  }

  int run(
      FleetHost host, String command, InputStream input, OutputStream output, OutputStream errors)
      throws IOException {
    try (ClientSession session = connect(host);
        ChannelExec channel = session.createExecChannel(command)) {
      channel.setIn(input);
      channel.setOut(output);
      channel.setErr(errors);
      channel.open().verify(PATIENCE);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
      return channel.getExitStatus();
    }
  }

  boolean isWelcome(FleetHost host) throws IOException {
    try (ClientSession session = session(host)) {
      return session.auth().await(PATIENCE) && session.isAuthenticated();
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private ClientSession connect(FleetHost host) throws IOException {
    ClientSession session = session(host);
    session.auth().verify(PATIENCE);
    return session;
  }

  private ClientSession session(FleetHost host) throws IOException {
    return client.connect("deployer", host.address(), host.port()).verify(PATIENCE).getSession();
  }
}
