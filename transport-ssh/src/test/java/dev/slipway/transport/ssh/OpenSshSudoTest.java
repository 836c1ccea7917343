package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
  private Duration connectTimeout = SshOptions.DEFAULTS.connectTimeout();

  @BeforeEach
  void needServer() {
    assumeTrue(OpenSshServer.isInstalled(), "needs OpenSSH's server and ssh-keygen");
  }

  private static final String ASKS_AGAIN =
      """
      #!/bin/sh
      prompt=$3
      while [ "$1" != -- ]; do shift; done
      shift
      for try in 1 2 3; do
        printf '%%s' "$prompt" >&2
        IFS= read -r password
        [ "$password" != "open barley" ] || exec "$@"
        echo "Sorry, try again." >&2
      done
      exit 1
      """;

  private static final String ASKS_BUT_HAS_NOBODY_TO_ASK =
      """
      #!/bin/sh
      [ "$1" != -n ] || echo "sudo: a password is required" >&2
      exit 1
      """;

  private static final String WAITS_FOR_SOMETHING_ELSE =
      """
      #!/bin/sh
      echo "Touch your key." >&2
      while :; do read -r line || exit 1; done
      """;

  /** What is done with a host whose sudo is another one. */
  private interface Use<T> {
    T of(Rollouts rollouts, SshTransport transport) throws IOException;
  }

  private DeploymentWork work() throws IOException {
    return Rollouts.work(
        "d-AAAAAAAA1",
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .pack(BundleType.TGZ));
  }

  private Path programs() throws IOException {
    return Files.createDirectories(directory.resolve("programs"));
  }

  private <T> T use(String sudo, Map<String, String> more, String path, Use<T> use)
      throws IOException {
    if (!sudo.isEmpty()) {
      Path program = Files.writeString(programs().resolve("sudo"), sudo.formatted(directory));
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    try (OpenSshServer server =
            OpenSshServer.start(
                directory.resolve("server"), "ed25519", List.of("SetEnv PATH=" + path));
        SshTransport transport =
            SshTransport.with(
                SshOptions.DEFAULTS
                    .withWorkDirectory(directory)
                    .withConnectTimeout(connectTimeout))) {
      Files.writeString(
          directory.resolve("known_hosts"),
          "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
      Map<String, String> settings = new HashMap<>(more);
      settings.putAll(
          Map.of(
              "port", String.valueOf(server.port()),
              "identityFile", server.identity().toString(),
              "knownHosts", directory.resolve("known_hosts").toString(),
              "sudo", "true",
              "hostRoot", directory.resolve("host").toString(),
              "deploymentRoot", "/opt/root"));
      Host host = new Host(new HostId("web-1"), "127.0.0.1", "", Map.of(), settings);
      return use.of(new Rollouts(transport, host), transport);
    }
  }

  private Map<String, String> password() throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "open sesame\n");
    return Map.of("sudoPassword", "file:" + password);
  }

  private Map<LifecycleEvent, Diagnostics> deployWith(String sudo) throws IOException {
    return use(
        sudo,
        password(),
        programs() + ":/usr/sbin:/usr/bin:/sbin:/bin",
        (rollouts, transport) -> rollouts.run(work(), 1, heard));
  }

  private Heard.Word refusal(String sudo, Map<String, String> settings) throws IOException {
    return use(
        sudo,
        settings,
        programs() + ":/usr/sbin:/usr/bin:/sbin:/bin",
        (rollouts, transport) -> {
          transport.offer(rollouts.command(work(), LifecycleEvent.APPLICATION_STOP, 1), heard);
          return heard.await("unreachable");
        });
  }

  @Test
  void a_password_that_sudo_refuses_is_told_at_once() throws IOException {
    Heard.Word refusal = refusal(ASKS_AGAIN, password());

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .startsWith(
            "sudo refused the password of " + System.getProperty("user.name") + " on 127.0.0.1:")
        .contains("Sorry, try again.")
        .doesNotContain("sesame");
  }

  @Test
  void sudo_that_asks_though_there_is_no_password_is_told() throws IOException {
    Heard.Word refusal = refusal(ASKS_BUT_HAS_NOBODY_TO_ASK, Map.of());

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text())
        .contains("without a password. Set sudoPassword", "sudo: a password is required");
  }

  @Test
  void sudo_that_lets_an_account_do_nothing_is_told() throws IOException {
    Heard.Word refusal = refusal(ASKS_BUT_HAS_NOBODY_TO_ASK, password());

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
    assertThat(refusal.text()).contains("May that account use sudo?");
  }

  @Test
  void sudo_that_waits_for_something_else_is_not_waited_for_without_end() throws IOException {
    connectTimeout = Duration.ofSeconds(2);

    Heard.Word refusal = refusal(WAITS_FOR_SOMETHING_ELSE, password());

    assertThat(refusal.reason()).isEqualTo(UnreachableReason.TIMED_OUT);
    assertThat(refusal.text()).contains("did not start the runner within 8 s.", "Touch your key.");
  }

  @Test
  void a_host_without_sudo_is_told() throws IOException {
    Files.createSymbolicLink(programs().resolve("sh"), Path.of("/bin/sh"));

    Diagnostics end =
        use(
            "",
            Map.of(),
            programs().toString(),
            (rollouts, transport) -> {
              HostCommand command = rollouts.command(work(), LifecycleEvent.APPLICATION_STOP, 1);
              transport.offer(command, heard);
              return heard.end(command.key());
            });

    assertThat(end.message()).contains("There is no sudo on 127.0.0.1:");
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
