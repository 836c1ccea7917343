package dev.slipway.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.examples.fleet.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample's bundles and its hooks, run by hand as a host would run them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleApplicationTest {

  @TempDir private Path directory;

  private Path root;
  private SampleSite site;

  @BeforeEach
  void place() throws IOException {
    root = directory.resolve("root");
    site = new SampleSite(root, "127.0.0.1", Ports.free(1).get(0));
    site.configure();
  }

  @AfterEach
  void stop() throws IOException {
    SampleSite.stop(List.of(site));
  }

  @Test
  void the_same_revision_gives_the_same_bytes() throws IOException {
    SampleRevision revision = SampleRevision.version("1.0").ownedBy("a", "b").paddedBy(1000);

    Path once = revision.writeTo(directory.resolve("once"));
    Path again = revision.writeTo(directory.resolve("again"));

    assertThat(once).hasSameBinaryContentAs(again).hasFileName("sample-web-1.0.tgz");
  }

  @Test
  void an_owner_is_in_every_permission() throws IOException {
    Path revision = unpacked(SampleRevision.version("1.0").ownedBy("deployer", "deploygrp"));

    assertThat(revision.resolve("appspec.yml"))
        .content()
        .containsSubsequence("owner: deployer", "group: deploygrp", "mode: 755")
        .containsSubsequence("owner: deployer", "group: deploygrp", "mode: 644");
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox", "python", "java"})
  void runs_with_whatever_serves_http(String server) throws IOException {
    assumeTrue(isThere(server), "no HTTP server of this kind here: " + server);
    Files.writeString(
        root.resolve("etc/sample-web.conf"),
        "ADDRESS=127.0.0.1\nPORT=" + site.port() + "\nSERVER=" + server + "\n");
    Path revision = installed(SampleRevision.version("1.0"));

    assertThat(hook(revision, "stop.sh")).isEqualTo("no service to stop\n");
    assertThat(hook(revision, "start.sh")).contains(" answers at 127.0.0.1:" + site.port());
    assertThat(hook(revision, "validate.sh")).startsWith("version 1.0 is in service");
    assertThat(site.versionInService()).contains("1.0");

    assertThat(hook(revision, "stop.sh")).startsWith("stopped process ");
    assertThat(site.versionInService()).isEmpty();
  }

  @Test
  void starting_again_replaces_the_process() throws IOException {
    Path revision = installed(SampleRevision.version("1.0"));
    hook(revision, "start.sh");

    assertThat(hook(revision, "start.sh")).startsWith("stopped process ").contains(" answers at ");
  }

  @Test
  void validation_compares_the_answer_with_the_revision() throws IOException {
    Path old = installed(SampleRevision.version("1.0"));
    hook(old, "start.sh");
    Path next = unpacked(SampleRevision.version("1.1"));

    assertThat(hook(next, "validate.sh"))
        .contains("is 1.0, but this revision is 1.1")
        .endsWith("exit status 1\n");
  }

  @Test
  void an_unhealthy_revision_starts_and_does_not_validate() throws IOException {
    Path revision = installed(SampleRevision.version("1.2").unhealthy());

    assertThat(hook(revision, "start.sh")).contains(" answers at ");
    assertThat(hook(revision, "validate.sh"))
        .contains("says: out of order")
        .endsWith("exit status 1\n");
  }

  @Test
  void a_host_may_refuse_a_version_and_take_another() throws IOException {
    site.refuse("1.1");
    Path refused = installed(SampleRevision.version("1.1"));
    hook(refused, "start.sh");
    assertThat(hook(refused, "validate.sh")).contains("refuses version 1.1");

    Path taken = installed(SampleRevision.version("1.0"));
    hook(taken, "start.sh");
    assertThat(hook(taken, "validate.sh")).startsWith("version 1.0 is in service");
  }

  @Test
  void a_service_that_does_not_start_says_why() throws IOException {
    Path revision = installed(SampleRevision.version("1.0"));
    Files.writeString(root.resolve("etc/sample-web.conf"), "PORT=none\n");

    assertThat(hook(revision, "start.sh"))
        .contains("the service does not answer at 127.0.0.1:none; it said:")
        .endsWith("exit status 1\n");
  }

  @Test
  void only_the_process_that_was_started_is_stopped() throws IOException {
    Path revision = installed(SampleRevision.version("1.0"));
    Files.createDirectories(root.resolve("var/lib/sample-web"));
    long mine = ProcessHandle.current().pid();
    Files.writeString(root.resolve("var/lib/sample-web/pid"), mine + "\n1\n");

    assertThat(hook(revision, "stop.sh")).isEqualTo("process " + mine + " ended before\n");
  }

  /** Unpacks a revision, and copies its files to where its AppSpec says. */
  private Path installed(SampleRevision sample) throws IOException {
    Path revision = unpacked(sample);
    String home = root + "/srv/sample-web";
    run(
        List.of(
            "/bin/sh",
            "-c",
            "mkdir -p '%1$s' && cp -R bin www '%1$s' && cp VERSION '%1$s/www'".formatted(home)),
        revision);
    return revision;
  }

  private Path unpacked(SampleRevision sample) throws IOException {
    Path archive = sample.writeTo(directory);
    Path revision = Files.createDirectories(directory.resolve("revision-" + sample.version()));
    String output = run(List.of("tar", "xzf", archive.toString()), revision);
    assertThat(output).isEmpty();
    return revision;
  }

  private String hook(Path revision, String script) throws IOException {
    return run(List.of(revision.resolve("scripts").resolve(script).toString()), directory);
  }

  private String run(List<String> command, Path where) throws IOException {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SLIPWAY_HOST_ROOT", root.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    int status = process.exitValue();
    return Files.readString(output) + (status == 0 ? "" : "exit status " + status + "\n");
  }

  private static boolean isThere(String server) throws IOException {
    if (!server.equals("busybox")) {
      return isOnPath(server.equals("python") ? "python3" : server);
    }
    return isOnPath("busybox")
        && new ProcessBuilder("busybox", "httpd", "--help")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .thenApply(ended -> ended.exitValue() == 0)
            .join();
  }

  private static boolean isOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }
}
