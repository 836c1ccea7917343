package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.preflight.HostDefect;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostInspector;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Transport} keeps to. A test of a transport extends this class and provides a
 * transport and a host of this machine, whose scripts can write below {@link #directory()}: what
 * they write there is the witness of what has run.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
public abstract class TransportContract {

  private static final List<LifecycleEvent> UNTIL_INSTALL =
      List.of(
          LifecycleEvent.APPLICATION_STOP,
          LifecycleEvent.DOWNLOAD_BUNDLE,
          LifecycleEvent.BEFORE_INSTALL);

  @TempDir private Path directory;

  private final HeardReports heard = new HeardReports();

  /** Makes one. */
  protected TransportContract() {}

  /** Returns the transport, the same one throughout a test; the test's own class closes it. */
  protected abstract Transport transport() throws IOException;

  /** Returns a host of this machine, the same one throughout a test. */
  protected abstract Host host() throws IOException;

  /** Packs a directory that has an {@code appspec.yml}. */
  protected abstract Bundle pack(Path revision) throws IOException;

  /** Returns a directory that is empty before each test. */
  protected final Path directory() {
    return directory;
  }

  @Test
  void events_are_acknowledged_and_run_in_turn_and_their_ends_reported() throws IOException {
    DeploymentWork work = work("d-AAAAAAAAA", "echo hello from the host");

    run(work, 1, LifecycleEvent.IN_PLACE);

    assertThat(witness()).containsExactly("ran");
    assertThat(heard.output()).contains("hello from the host");
    LifecycleEvent.IN_PLACE.forEach(
        event -> assertThat(heard.isAcknowledged(key(work, event))).isTrue());
  }

  @Test
  void a_key_that_is_offered_again_does_not_run_again() throws IOException {
    DeploymentWork work = work("d-AAAAAAAAA", "");
    run(work, 1, UNTIL_INSTALL.subList(0, 2));
    HostCommand command = command(work, LifecycleEvent.BEFORE_INSTALL, 1);
    HeardReports again = new HeardReports();
    HeardReports later = new HeardReports();

    transport().offer(command, heard);
    transport().offer(command, again);

    assertThat(again.awaitEnd(command.key()).isSuccess()).isTrue();
    transport().offer(command, later);
    assertThat(later.awaitEnd(command.key()).isSuccess()).isTrue();
    assertThat(witness()).containsExactly("ran");
  }

  @Test
  void a_script_that_fails_is_reported_with_its_name_and_its_last_words() throws IOException {
    DeploymentWork work = work("d-AAAAAAAAA", "echo no such luck >&2; exit 3");
    run(work, 1, UNTIL_INSTALL.subList(0, 2));
    HostCommand command = command(work, LifecycleEvent.BEFORE_INSTALL, 1);

    transport().offer(command, heard);

    Diagnostics end = heard.awaitEnd(command.key());
    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
    assertThat(end.scriptName()).isEqualTo("hook.sh");
    assertThat(end.log()).contains("no such luck");
  }

  @Test
  void a_script_that_is_terminated_ends_and_that_is_reported() throws IOException {
    DeploymentWork work = work("d-AAAAAAAAA", "exec sleep 600");
    run(work, 1, UNTIL_INSTALL.subList(0, 2));
    HostCommand command = command(work, LifecycleEvent.BEFORE_INSTALL, 1);
    transport().offer(command, heard);
    heard.await(() -> !witness().isEmpty());

    transport().cancel(command.key(), CancelMode.TERMINATE);

    assertThat(heard.awaitEnd(command.key()).isSuccess()).isFalse();
  }

  @Test
  void cancelling_and_releasing_what_is_over_or_unknown_is_harmless() throws IOException {
    DeploymentWork work = work("d-AAAAAAAAA", "");
    transport().cancel(key(work, LifecycleEvent.INSTALL), CancelMode.TERMINATE);
    transport().release(work.deployment(), host());

    run(work, 1, UNTIL_INSTALL);

    transport().cancel(key(work, LifecycleEvent.BEFORE_INSTALL), CancelMode.TERMINATE);
    transport().cancel(key(work, LifecycleEvent.BEFORE_INSTALL), CancelMode.NOT_STARTED);
    transport().release(work.deployment(), host());
    transport().release(work.deployment(), host());
    assertThat(witness()).containsExactly("ran");
  }

  @Test
  void one_deployment_comes_after_another() throws IOException {
    DeploymentWork first = work("d-AAAAAAAAA", "");
    run(first, 1, LifecycleEvent.IN_PLACE);
    transport().release(first.deployment(), host());

    run(work("d-BBBBBBBBB", ""), 2, LifecycleEvent.IN_PLACE);

    assertThat(witness()).containsExactly("ran", "ran");
  }

  @Test
  void a_look_at_a_fit_host_finds_nothing_and_changes_nothing() throws Exception {
    HostInspector inspector = inspector();
    Set<Path> before = files();

    HostCondition found = look(inspector, HostNeeds.NOTHING);

    assertThat(found.defects()).isEmpty();
    assertThat(found.spaces()).isNotEmpty().allMatch(space -> space.bytes() > 0);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_look_names_accounts_groups_and_programs_that_are_missing() throws Exception {
    HostInspector inspector = inspector();

    HostCondition found =
        look(
            inspector,
            new HostNeeds(
                List.of("/srv/of/the/contract"),
                Set.of(),
                Set.of("slipway-nobody", "root", "4711"),
                Set.of("slipway-none"),
                Set.of("slipway-tool", "sh")));

    assertThat(found.defects())
        .extracting(HostDefect::kind)
        .containsExactlyInAnyOrder(
            HostDefect.Kind.ACCOUNT,
            HostDefect.Kind.ACCOUNT,
            HostDefect.Kind.ACCOUNT,
            HostDefect.Kind.TOOL);
    assertThat(found.defects().toString())
        .contains("slipway-nobody", "4711", "slipway-none", "slipway-tool")
        .doesNotContain("account root");
    assertThat(found.spaces())
        .extracting(HostCondition.FreeSpace::path)
        .anyMatch(path -> path.endsWith("/srv/of/the/contract"));
  }

  private HostInspector inspector() throws IOException {
    return transport() instanceof HostInspector inspector
        ? inspector
        : Assumptions.abort("this transport cannot look at hosts");
  }

  private HostCondition look(HostInspector inspector, HostNeeds needs) throws Exception {
    return inspector
        .inspect(host(), needs, Duration.ofMinutes(2))
        .toCompletableFuture()
        .get(2, TimeUnit.MINUTES);
  }

  private Set<Path> files() throws IOException {
    Path root = Path.of(host().settings().getOrDefault("hostRoot", directory().toString()));
    try (Stream<Path> all = Files.walk(root)) {
      return all.collect(Collectors.toSet());
    }
  }

  private void run(DeploymentWork work, long generation, List<LifecycleEvent> events)
      throws IOException {
    for (LifecycleEvent event : events) {
      HostCommand command = command(work, event, generation);
      transport().offer(command, heard);
      Diagnostics end = heard.awaitEnd(command.key());
      assertThat(end.isSuccess()).as("%s: %s", event, end).isTrue();
    }
  }

  private CommandKey key(DeploymentWork work, LifecycleEvent event) {
    try {
      return new CommandKey(work.deployment(), host().id(), event, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HostCommand command(DeploymentWork work, LifecycleEvent event, long generation)
      throws IOException {
    return new HostCommand(
        key(work, event), generation, host(), work, List.of(), Duration.ofMinutes(2));
  }

  /** A deployment whose BeforeInstall leaves a line with the witness and then does this. */
  private DeploymentWork work(String deployment, String then) throws IOException {
    Path revision = Files.createDirectories(directory.resolve("revision-of-" + deployment));
    Files.writeString(
        revision.resolve("appspec.yml"),
        """
        version: 0.0
        os: linux
        hooks:
          BeforeInstall:
            - location: hook.sh
              timeout: 100
        """);
    Path hook = revision.resolve("hook.sh");
    Files.writeString(hook, "#!/bin/sh\necho ran >>%s\n%s\n".formatted(witnessFile(), then));
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new DeploymentWork(
        new DeploymentId(deployment),
        "web",
        "contract",
        "group-of-the-contract",
        Creator.USER,
        false,
        pack(revision),
        "appspec.yml",
        FileExistsBehavior.OVERWRITE);
  }

  private Path witnessFile() {
    return directory.resolve("witness");
  }

  private List<String> witness() {
    try {
      return Files.exists(witnessFile()) ? Files.readAllLines(witnessFile()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
