package dev.slipway.transport.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.jspecify.annotations.Nullable;

/** Apache MINA's server in this process. */
final class MinaServer implements TestServer {

  private static final int KEY_BITS = 2048;

  private final SshServer server;
  private final Path directory;
  private final KeyPair hostKey;

  private MinaServer(SshServer server, Path directory, KeyPair hostKey) {
    this.server = server;
    this.directory = directory;
    this.hostKey = hostKey;
  }

  static MinaServer start(Path directory) throws IOException {
    return start(directory, server -> {});
  }

  /** Starts one that is set up further. */
  static MinaServer start(Path directory, Consumer<SshServer> more) throws IOException {
    try {
      Files.createDirectories(directory);
      KeyPair hostKey = key();
      KeyPair client = key();
      write(client, directory.resolve("id"), null);
      OpenSSHKeyEncryptionContext locked = new OpenSSHKeyEncryptionContext();
      locked.setPassword("open sesame");
      locked.setCipherType("256");
      write(client, directory.resolve("id_locked"), locked);
      write(key(), directory.resolve("id_strange"), null);
      SshServer server = SshServer.setUpDefaultServer();
      server.setHost("127.0.0.1");
      server.setPort(0);
      server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
      server.setPublickeyAuthenticator(
          (user, key, session) -> KeyUtils.compareKeys(key, client.getPublic()));
      server.setCommandFactory(
          (channel, line) ->
              new ProcessShellFactory(line, List.of("/bin/sh", "-c", line)).createShell(channel));
      more.accept(server);
      server.start();
      return new MinaServer(server, directory, hostKey);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyPair key() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    return generator.generateKeyPair();
  }

  private static void write(KeyPair key, Path file, @Nullable OpenSSHKeyEncryptionContext locked)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", locked, out);
    }
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public String hostKey() {
    return PublicKeyEntry.toString(hostKey.getPublic());
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

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
