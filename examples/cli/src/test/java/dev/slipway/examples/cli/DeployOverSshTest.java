package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.examples.fleet.FleetHost;
import dev.slipway.examples.fleet.SshFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeployOverSshTest {

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_rollout_file_is_deployed_to_hosts_that_have_only_sshd() throws IOException {
    try (SshFleet fleet = SshFleet.start(directory.resolve("fleet"), 3)) {
      int code = deploy(fleet, "echo started");

      assertThat(code).describedAs(out.toString() + err).isZero();
      for (FleetHost host : fleet.hosts()) {
        assertThat(host.root().resolve("srv/web/index.html")).hasContent("hello");
      }
    }
  }

  @Test
  void what_a_script_said_comes_back_over_ssh() throws IOException {
    try (SshFleet fleet = SshFleet.start(directory.resolve("fleet"), 2)) {
      assertThat(deploy(fleet, "echo no room left; exit 3")).isEqualTo(ExitCode.FAILED);
    }

    assertThat(out.toString())
        .contains("start.sh failed with exit code 3")
        .contains("  | [stdout]no room left");
  }

  @Test
  void a_dead_host_is_that_hosts_outcome_and_not_bad_input() throws IOException {
    SshFleet fleet = SshFleet.start(directory.resolve("fleet"), 2);
    fleet.close();

    assertThat(deploy(fleet, "exit 0")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("(HEALTH_CONSTRAINTS): 1 of 2 hosts failed");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void a_key_that_is_new_and_trusted_is_said_once_with_its_fingerprint_and_file()
      throws IOException {
    try (SshFleet fleet = SshFleet.start(directory.resolve("fleet"), 2)) {
      Path known = fleet.files().knownHosts();
      Path inventory = fleet.files().inventory();
      Files.delete(known);
      Files.writeString(
          inventory,
          Files.readString(inventory).replace("  tags:", "  hostKeyChecking: accept-new\n  tags:"));

      assertThat(deploy(fleet, "echo started")).describedAs(out.toString() + err).isZero();

      assertThat(err.toString().lines())
          .containsExactlyInAnyOrderElementsOf(
              fleet.hosts().stream()
                  .map(
                      host ->
                          "slipway: [%s]:%d is new: its key %s is trusted from now on, and written to %s"
                              .formatted(
                                  host.address(), host.port(), fingerprint(known, host), known))
                  .toList());
      err.getBuffer().setLength(0);
      assertThat(deploy(fleet, "echo started")).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  /** As {@code ssh-keygen -l} has it. */
  private static String fingerprint(Path known, FleetHost host) {
    try {
      String[] line =
          Files.readAllLines(known).stream()
              .filter(one -> one.startsWith("[%s]:%d ".formatted(host.address(), host.port())))
              .findFirst()
              .orElseThrow()
              .split(" ", 3);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(line[2]));
      return line[1] + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private int deploy(SshFleet fleet, String script) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(
        bundle.resolve("appspec.yml"),
        """
        version: 0.0
        os: linux
        files:
          - source: index.html
            destination: /srv/web
        hooks:
          ApplicationStart:
            - location: start.sh
              timeout: 60
        """);
    Files.writeString(bundle.resolve("index.html"), "hello");
    Path start = Files.writeString(bundle.resolve("start.sh"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(start, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path rollout =
        Files.writeString(
            directory.resolve("rollout.yml"),
            """
            application: web
            deploymentGroup: prod
            revision: bundle
            hosts: {inventory: "%s", tags: [{key: role, value: web}]}
            """
                .formatted(fleet.files().inventory()));
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    return SlipwayCommand.run(
        console,
        "deploy",
        "-f",
        rollout.toString(),
        "--state",
        directory.resolve("state").toString());
  }
}
