package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the password for sudo gets to it. The real one never asks root, so another program stands for
 * it that takes its password in the same way: the first line of its input, and no byte more.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenSshSudoTest {

  private static final String ASKS =
      """
      #!/bin/sh
      echo "$*" >>%1$s/arguments
      env >>%1$s/environment
      while [ "$1" != -- ]; do shift; done
      shift
      IFS= read -r password
      [ "$password" = "open sesame" ] || { echo "sudo: wrong password" >&2; exit 1; }
      exec "$@"
      """;

  private static final String DOES_NOT_ASK =
      """
      #!/bin/sh
      while [ "$1" != -- ]; do shift; done
      shift
      exec "$@"
      """;

  @TempDir private Path directory;

  private final Heard heard = new Heard();

  @BeforeEach
  void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  private Map<LifecycleEvent, Diagnostics> deployWith(String sudo) throws IOException {
    Path programs = Files.createDirectories(directory.resolve("programs"));
    Path program = Files.writeString(programs.resolve("sudo"), sudo.formatted(directory));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path password = Files.writeString(directory.resolve("password"), "open sesame\n");
    var work =
        Rollouts.work(
            "d-AAAAAAAA1",
            Revisions.in(directory.resolve("revision"))
                .file("appspec.yml", "version: 0.0\nos: linux\n")
                .pack(BundleType.TGZ));
    try (OpenSshServer server =
            OpenSshServer.start(
                directory.resolve("server"),
                "ed25519",
                List.of("SetEnv PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin"));
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      Files.writeString(
          directory.resolve("known_hosts"),
          "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
      Host host =
          new Host(
              new HostId("web-1"),
              "127.0.0.1",
              "",
              Map.of(),
              Map.of(
                  "port", String.valueOf(server.port()),
                  "identityFile", server.identity().toString(),
                  "knownHosts", directory.resolve("known_hosts").toString(),
                  "sudo", "true",
                  "sudoPassword", "file:" + password,
                  "hostRoot", directory.resolve("host").toString(),
                  "deploymentRoot", "/opt/root"));
      return new Rollouts(transport, host).run(work, 1, heard);
    }
  }

  @Test
  void sudo_that_asks_is_told_the_password_and_nobody_else_sees_it() throws IOException {
    var ends = deployWith(ASKS);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(directory.resolve("arguments")).content().contains("-S").doesNotContain("sesame");
    assertThat(directory.resolve("environment")).content().doesNotContain("sesame");
  }

  @Test
  void sudo_that_does_not_ask_leaves_the_password_unused() throws IOException {
    var ends = deployWith(DOES_NOT_ASK);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
  }
}
