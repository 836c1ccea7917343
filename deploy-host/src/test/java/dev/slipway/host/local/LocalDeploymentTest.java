package dev.slipway.host.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalDeploymentTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int ids;

  @TempDir Path scratch;

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectory(scratch.resolve("bundle"));
    Files.writeString(scratch.resolve("agent.yml"), ":root_dir: " + scratch.resolve("root"));
  }

  @Test
  void shows_what_it_would_do_and_does_nothing() throws IOException {
    bundle("v1", "stop.sh");
    run();
    bundle("v2", "other.sh");
    List<String> before = tree();

    int code = run("--dry-run");

    Path old = scratch.resolve("root/default-local-deployment-group/d-ID1-local");
    Path now = scratch.resolve("root/default-local-deployment-group/d-ID2-local");
    assertThat(code).isZero();
    assertThat(out.toString().replace(scratch.toString(), ""))
        .isEqualTo(
            """
            BeforeBlockTraffic: nothing to run
            AfterBlockTraffic: nothing to run
            ApplicationStop, from %1$s/deployment-archive:
              run %1$s/deployment-archive/stop.sh, at most 3600 s
            DownloadBundle: /bundle
            BeforeInstall: nothing to run
            Install:
              remove /srv/index.html
              remove /srv
              make directory /srv
              copy /srv/index.html from %2$s/deployment-archive/index.html
              set mode 640 of /srv/index.html
            AfterInstall: nothing to run
            ApplicationStart: nothing to run
            ValidateService: nothing to run
            BeforeAllowTraffic: nothing to run
            AfterAllowTraffic: nothing to run
            """
                .formatted(old, now)
                .replace(scratch.toString(), ""));
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void says_in_a_dry_run_why_it_would_fail() throws IOException {
    bundle("v1", "stop.sh");
    Files.createDirectory(scratch.resolve("srv"));
    Files.writeString(scratch.resolve("srv/index.html"), "foreign");

    int code = run("--dry-run");

    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .endsWith("already exists at this location: " + scratch + "/srv/index.html\n");
  }

  @Test
  void takes_a_file_uri() throws IOException {
    bundle("v1", "stop.sh");

    int code = run("--bundle-location=file://" + scratch.resolve("bundle"));

    assertThat(code).isZero();
    assertThat(scratch.resolve("srv/index.html")).hasContent("v1");
  }

  @Test
  void refuses_a_max_revisions_that_is_no_number() throws IOException {
    bundle("v1", "stop.sh");
    Files.writeString(
        scratch.resolve("agent.yml"),
        ":root_dir: " + scratch.resolve("root") + "\n:max_revisions: many\n");

    int code = run();

    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo(
            "ERROR: %s/agent.yml: max_revisions must be a whole number of at least 1, but is many\n"
                .formatted(scratch));
    assertThat(scratch.resolve("root")).doesNotExist();
  }

  @Test
  void refuses_an_unknown_option() {
    assertThat(run("--colour")).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo("ERROR: unknown option --colour; see slipway local --help\n");
  }

  @Test
  void runs_just_the_given_events_when_told_so() throws IOException {
    bundle("v1", "stop.sh");
    Files.writeString(
        scratch.resolve("bundle/stop.sh"), "#!/bin/sh\necho stopped >'" + scratch + "/stopped'\n");
    run();
    bundle("v2", "stop.sh");

    int code = run("--events", "ApplicationStop", "--events-as-given");

    assertThat(code).isZero();
    assertThat(scratch.resolve("stopped")).hasContent("stopped");
    assertThat(scratch.resolve("srv/index.html")).hasContent("v1");
  }

  @Test
  void refuses_a_place_where_it_cannot_be_carried_out() throws IOException {
    bundle("v1", "stop.sh");

    assertThat(run("--via", "ssh://web-1")).isEqualTo(2);
    assertThat(out.toString()).isEqualTo("ERROR: --via ssh://web-1: there is only this machine\n");
  }

  @Test
  void needs_a_place_after_the_option_for_one() {
    assertThat(run("--via")).isEqualTo(2);
    assertThat(out.toString()).isEqualTo("ERROR: option --via needs a value\n");
  }

  @Test
  void refuses_to_hand_an_environment_to_another_host() throws IOException {
    bundle("v1", "stop.sh");
    Files.writeString(
        scratch.resolve("agent.yml"),
        ":root_dir: " + scratch.resolve("root") + "\nrestrict_hook_env_to_allowlist: false\n");

    assertThat(run("--via", "ssh://web-1")).isEqualTo(2);
    assertThat(out.toString())
        .startsWith("ERROR: restrict_hook_env_to_allowlist: false cannot be had with --via");
  }

  @Test
  void needs_events_to_run_just_them() {
    assertThat(run("--events-as-given")).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("ERROR: --events-as-given needs --events\n");
  }

  @Test
  void takes_choices_from_its_arguments_and_from_the_configuration() throws IOException {
    bundle("v1", "stop.sh");
    Path appSpec = scratch.resolve("bundle/appspec.yml");
    Files.writeString(appSpec, Files.readString(appSpec).replace("mode: 640", "mode: 0604"));

    run("--with", "modes-as-written,restrict-directories");
    assertThat(mode("srv/index.html")).isEqualTo("rw----r--");
    assertThat(mode("root")).isEqualTo("rwx--x--x");

    Files.writeString(
        scratch.resolve("agent.yml"),
        ":root_dir: " + scratch.resolve("other") + "\nslipway_choices: [modes-as-written]\n");
    Files.delete(scratch.resolve("srv/index.html"));
    run();
    assertThat(mode("srv/index.html")).isEqualTo("rw----r--");
    assertThat(mode("other")).isEqualTo("rwxr-xr-x");
  }

  @Test
  void names_the_choices_when_there_is_no_such() {
    assertThat(run("--with", "magic")).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("ERROR: --with: there is no choice magic; there are keep-set-id-bits, ");
  }

  @Test
  void shows_what_runs_when_something_fails() throws IOException {
    bundle("v1", "stop.sh");
    Path appSpec = scratch.resolve("bundle/appspec.yml");
    Files.writeString(
        appSpec, Files.readString(appSpec) + "  OnFailure:\n    - location: stop.sh\n");

    run("--dry-run");

    assertThat(out.toString()).contains("OnFailure, from ").endsWith("/stop.sh, at most 3600 s\n");
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(scratch.resolve(path)));
  }

  private void bundle(String content, String stop) throws IOException {
    Path bundle = scratch.resolve("bundle");
    Files.writeString(bundle.resolve("index.html"), content);
    Files.writeString(bundle.resolve(stop), "#!/bin/sh\n");
    Files.writeString(
        bundle.resolve("appspec.yml"),
        """
        version: 0.0
        os: linux
        files:
          - source: index.html
            destination: %1$s/srv
        permissions:
          - object: %1$s/srv
            mode: 640
            type: [file]
        hooks:
          ApplicationStop:
            - location: %2$s
        """
            .formatted(scratch, stop));
  }

  private List<String> tree() throws IOException {
    try (var paths = Files.walk(scratch)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  private int run(String... more) {
    out.getBuffer().setLength(0);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-l",
                scratch.resolve("bundle").toString(),
                "-c",
                scratch.resolve("agent.yml").toString()));
    arguments.addAll(List.of(more));
    return new LocalDeployment(
            new PrintWriter(out),
            new PrintWriter(err),
            Map.of(),
            scratch,
            InstantSource.fixed(Instant.EPOCH),
            ZoneOffset.UTC,
            () -> "ID" + ++ids,
            Elsewhere.NOWHERE)
        .run(arguments);
  }
}
