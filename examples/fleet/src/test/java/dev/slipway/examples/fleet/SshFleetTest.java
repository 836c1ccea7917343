package dev.slipway.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SshFleetTest {

  @TempDir private Path directory;

  private SshFleet fleet;
  private FleetClient client;

  @BeforeEach
  void start() throws IOException {
    fleet = SshFleet.start(directory, 3);
    client = FleetClient.of(fleet.files());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    fleet.close();
  }

  @Test
  void runs_a_command_on_the_host_it_was_sent_to() throws IOException {
    FleetHost second = fleet.hosts().get(1);

    FleetClient.Outcome outcome = client.run(second, "pwd; echo $HOME; echo trouble >&2; exit 7");

    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.output()).isEqualTo(second.home() + "\n" + second.home() + "\n");
    assertThat(outcome.errors()).isEqualTo("trouble\n");
  }

  @Test
  void gives_the_bytes_of_standard_input_to_the_command_and_back() throws IOException {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    ByteArrayOutputStream received = new ByteArrayOutputStream();

    int status =
        client.run(fleet.hosts().get(0), "cat", new ByteArrayInputStream(sent), received, received);

    assertThat(status).isZero();
    assertThat(received.toByteArray()).isEqualTo(sent);
  }

  @Test
  void ends_a_command_by_its_signal() throws IOException {
    FleetClient.Outcome outcome = client.run(fleet.hosts().get(0), "kill -9 $$");

    assertThat(outcome.status()).isEqualTo(137);
  }

  @Test
  void knows_only_its_own_key() throws IOException {
    try (SshFleet other = SshFleet.start(directory.resolve("other"), 1)) {
      FleetHost stranger = other.hosts().get(0);
      FleetFiles files =
          new FleetFiles(
              fleet.files().identity(), other.files().knownHosts(), other.files().inventory());
      try (FleetClient wrongKey = FleetClient.of(files)) {
        assertThat(wrongKey.isWelcome(stranger)).isFalse();
      }
      try (FleetClient rightKey = FleetClient.of(other.files())) {
        assertThat(rightKey.isWelcome(stranger)).isTrue();
      }
    }
  }

  @Test
  void keeps_the_clients_key_to_its_owner() throws IOException {
    Path identity = fleet.files().identity();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(identity)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(identity, UTF_8)).startsWith("-----BEGIN OPENSSH PRIVATE KEY");
  }
}
