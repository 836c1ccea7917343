package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/** OpenSSH's server in a container that shares the checker's files with this machine. */
final class ContainerServer implements ReachableServer {

  private static final int SSH = 22;

  /** Where {@code check.py} lays out hosts and looks at them. */
  private static final String SHARED = "/tmp/cdo";

  private static final int ONLY_OWNER = 0600;

  private final GenericContainer<?> container;
  private final Path identity;
  private final String hostKey;

  private ContainerServer(GenericContainer<?> container, Path identity, String hostKey) {
    this.container = container;
    this.identity = identity;
    this.hostKey = hostKey;
  }

  static ContainerServer start(Path directory, String image, String install) throws IOException {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
    Files.createDirectories(directory);
    Path identity = directory.resolve("id");
    OpenSshServer.generate(identity, "ed25519", "");
    GenericContainer<?> container =
        new GenericContainer<>(image(image, install))
            .withExposedPorts(SSH)
            .withCopyToContainer(
                Transferable.of(Files.readString(directory.resolve("id.pub")), ONLY_OWNER),
                "/root/.ssh/authorized_keys")
            .withCreateContainerCmdModifier(
                create ->
                    requireNonNull(create.getHostConfig())
                        .withBinds(Bind.parse(SHARED + ":" + SHARED))
                        .withPortBindings(
                            new PortBinding(Binding.bindIp("127.0.0.1"), ExposedPort.tcp(SSH))))
            .waitingFor(Wait.forLogMessage(".*Server listening on .*", 1));
    container.start();
    String hostKey =
        container.copyFileFromContainer(
            "/etc/ssh/ssh_host_ed25519_key.pub",
            stream -> new String(stream.readAllBytes(), US_ASCII).strip());
    return new ContainerServer(container, identity, hostKey);
  }

  private static ImageFromDockerfile image(String image, String install) throws IOException {
    String users = lines("/etc/passwd", "deployer:");
    String groups = lines("/etc/group", "deployer:", "deploygrp:");
    return new ImageFromDockerfile()
        .withFileFromString("passwd", users)
        .withFileFromString("group", groups)
        .withDockerfileFromBuilder(
            builder ->
                builder
                    .from(image)
                    .run(install)
                    .copy("passwd", "/tmp/passwd")
                    .copy("group", "/tmp/group")
                    .run(
                        "cat /tmp/passwd >> /etc/passwd && cat /tmp/group >> /etc/group"
                            + " && echo 'deployer:*:20000:0:99999:7:::' >> /etc/shadow"
                            // Without PAM, OpenSSH lets nobody in whose password is locked.
                            + " && sed -i 's/^root:[^:]*/root:*/' /etc/shadow"
                            + " && mkdir -p -m 700 /root/.ssh && mkdir -p /run/sshd"
                            + " && mkdir -p ~deployer && chown deployer: ~deployer")
                    .cmd(
                        "sh",
                        "-c",
                        // A container may not write what pam_loginuid writes.
                        "ssh-keygen -A && exec /usr/sbin/sshd -D -e -o UsePAM=no"
                            + " -o PermitRootLogin=prohibit-password"));
  }

  /** Returns the accounts of this machine that begin so: the checker compares owners by name. */
  private static String lines(String file, String... beginnings) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> Stream.of(beginnings).anyMatch(line::startsWith))
          .map(line -> line + "\n")
          .collect(Collectors.joining());
    }
  }

  @Override
  public int port() {
    return container.getMappedPort(SSH);
  }

  @Override
  public String hostKey() {
    return hostKey;
  }

  @Override
  public Path identity() {
    return identity;
  }

  @Override
  public void close() {
    container.close();
  }
}
