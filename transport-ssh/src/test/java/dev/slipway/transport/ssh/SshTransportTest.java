package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.HostCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole deployments on this machine, with a runner that is started without SSH. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SshTransportTest extends LocalHost {

  private Bundle bundle(String version) throws IOException {
    return bundle(version, "echo validated");
  }

  private Bundle bundle(String version, String validate) throws IOException {
    return revision(version)
        .file(
            "appspec.yml",
            """
            version: 0.0
            os: linux
            files:
              - source: app
                destination: /srv/app
              - source: conf/app.conf
                destination: /etc/app
            permissions:
              - object: /srv/app
                pattern: "*.sh"
                mode: 750
                type: [file]
            hooks:
              ApplicationStop:
                - location: scripts/stop.sh
              BeforeInstall:
                - location: scripts/say.sh
              AfterInstall:
                - location: scripts/say.sh
              ApplicationStart:
                - location: scripts/say.sh
              ValidateService:
                - location: scripts/validate.sh
                  timeout: 60
            """)
        .file("app/index.html", version)
        .file("app/sub dir/Grüße.txt", version)
        .file("app/.hidden", version)
        .file("app/run.sh", "#!/bin/sh\n")
        .link("app/current", "index.html")
        .file("conf/app.conf", "version=" + version)
        .script(
            "scripts/say.sh",
            "echo \"$LIFECYCLE_EVENT of $DEPLOYMENT_ID for $APPLICATION_NAME\"; echo problem >&2")
        .script("scripts/stop.sh", "echo stopping " + version)
        .script("scripts/validate.sh", validate)
        .pack(BundleType.TGZ);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void deploys_a_revision_and_then_another(Shell on) throws IOException {
    use(on);

    Map<LifecycleEvent, Diagnostics> first =
        rollouts.run(Rollouts.work("d-AAAAAAAA1", bundle("1")), 1, heard);

    assertThat(first).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(root.resolve("srv/app/index.html")).hasContent("1");
    assertThat(root.resolve("srv/app/sub dir/Grüße.txt")).hasContent("1");
    assertThat(root.resolve("srv/app/.hidden")).hasContent("1");
    assertThat(root.resolve("etc/app/app.conf")).hasContent("version=1");
    assertThat(Files.readSymbolicLink(root.resolve("srv/app/current")))
        .isEqualTo(Path.of("index.html"));
    assertThat(mode(root.resolve("srv/app/run.sh"))).isEqualTo("rwxr-x---");
    assertThat(mode(root.resolve("srv/app/index.html"))).isEqualTo("rw-r--r--");
    assertThat(heard.output())
        .contains(
            "LifecycleEvent - AfterInstall\nScript - scripts/say.sh\n",
            "[stdout]AfterInstall of d-AAAAAAAA1 for web\n",
            "[stderr]problem\n")
        .doesNotContain("stopping");
    Path instructions = root.resolve("opt/root/deployment-instructions");
    Path home = root.resolve("opt/root/group-1/d-AAAAAAAA1");
    assertThat(instructions.resolve("group-1_last_successful_install")).hasContent(home.toString());
    assertThat(instructions.resolve("group-1_most_recent_install")).hasContent(home.toString());
    assertThat(instructions.resolve("group-1-cleanup"))
        .content()
        .contains(root + "/srv/app/.hidden\n");
    assertThat(instructions.resolve("group-1-install.json"))
        .content()
        .startsWith("{\"instructions\":[");
    assertThat(home.resolve("logs/scripts.log"))
        .content()
        .containsPattern(
            "(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\[stdout]BeforeInstall of");

    Files.writeString(root.resolve("srv/app/kept"), "not ours");
    Map<LifecycleEvent, Diagnostics> second =
        rollouts.run(Rollouts.work("d-AAAAAAAA2", bundle("2")), 1, heard);

    assertThat(second).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(heard.output()).contains("[stdout]stopping 1\n");
    assertThat(root.resolve("srv/app/index.html")).hasContent("2");
    assertThat(root.resolve("srv/app/kept")).hasContent("not ours");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void goes_on_after_the_link_was_lost_in_a_hook(Shell on) throws IOException {
    use(on);
    Path gate = directory.resolve("gate");
    String script =
        "echo begun >>%1$s/runs; echo one; while [ ! -f %1$s/gate ]; do sleep 0.05; done; echo two"
            .formatted(directory);
    var work = Rollouts.work("d-AAAAAAAA3", bundle("3", script));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);
    HostCommand validate = rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1);
    Heard here = new Heard();
    transport.offer(validate, here);
    here.await(word -> word.what().equals("output") && word.text().contains("[stdout]one"));

    links.get(links.size() - 1).close();

    here.await("unreachable");
    here.await("back");
    Files.writeString(gate, "");
    assertThat(here.end(validate.key()).isSuccess()).isTrue();
    assertThat(here.output())
        .isEqualTo(
            """
            LifecycleEvent - ValidateService
            Script - scripts/validate.sh
            [stdout]one
            [stdout]two
            """);
    assertThat(directory.resolve("runs")).hasContent("begun");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void leaves_no_process_behind(Shell on) throws IOException {
    use(on);
    var work = Rollouts.work("d-AAAAAAAA5", bundle("5", "echo done"));
    rollouts.run(work, 1, heard);

    transport.release(work.deployment(), host);

    heard.awaitThat(() -> !isHeldOpen(root));
  }

  /** Whether some process has a file below a directory open. */
  private static boolean isHeldOpen(Path directory) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .anyMatch(process -> hasOpen(process, directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasOpen(Path process, Path directory) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(file -> leadsBelow(file, directory));
    } catch (IOException | UncheckedIOException e) {
      // It has ended, or is not ours.
      return false;
    }
  }

  private static boolean leadsBelow(Path link, Path directory) {
    try {
      return Files.readSymbolicLink(link).startsWith(directory);
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void never_runs_a_key_twice_even_for_another_transport(Shell on) throws IOException {
    use(on);
    var work =
        Rollouts.work("d-AAAAAAAA4", bundle("4", "echo once >>" + directory + "/runs; exit 3"));
    rollouts.run(work, 1, heard);
    HostCommand validate = rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1);
    transport.release(work.deployment(), host);

    Heard later = new Heard();
    transport.offer(validate, later);

    Diagnostics end = later.end(validate.key());
    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
    assertThat(end.message())
        .isEqualTo("Script at specified location: scripts/validate.sh failed with exit code 3");
    assertThat(directory.resolve("runs")).hasContent("once");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void ends_a_script_on_request(Shell on) throws IOException {
    use(on);
    var work = Rollouts.work("d-AAAAAAAA5", bundle("5", "echo waiting; sleep 600"));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);
    HostCommand validate = rollouts.command(work, LifecycleEvent.VALIDATE_SERVICE, 1);
    Heard here = new Heard();
    transport.offer(validate, here);
    here.await("output");

    transport.cancel(validate.key(), CancelMode.TERMINATE);

    Diagnostics end = here.end(validate.key());
    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
    assertThat(end.message()).contains("was ended, because the deployment was stopped");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void a_higher_generation_takes_the_host_over(Shell on) throws IOException {
    use(on);
    var old = Rollouts.work("d-AAAAAAAA6", bundle("6", "echo waiting; sleep 600"));
    rollouts.run(old, 1, LifecycleEvent.IN_PLACE.subList(0, 6), heard);
    HostCommand validate = rollouts.command(old, LifecycleEvent.VALIDATE_SERVICE, 1);
    Heard here = new Heard();
    transport.offer(validate, here);
    here.await("output");

    Map<LifecycleEvent, Diagnostics> ends =
        rollouts.run(Rollouts.work("d-AAAAAAAA7", bundle("7")), 2, heard);

    assertThat(ends).hasSize(7).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    assertThat(here.end(validate.key()).isSuccess()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void a_conflict_is_found_while_the_old_revision_is_still_there(Shell on) throws IOException {
    use(on);
    rollouts.run(Rollouts.work("d-AAAAAAAA8", bundle("8")), 1, heard);
    Path foreign = root.resolve("srv/app/foreign.txt");
    Files.writeString(foreign, "mine");
    revision("9").file("app/foreign.txt", "theirs");

    Map<LifecycleEvent, Diagnostics> ends =
        rollouts.run(Rollouts.work("d-AAAAAAAA9", bundle("9")), 1, heard);

    assertThat(ends.get(LifecycleEvent.INSTALL))
        .extracting(Diagnostics::message)
        .isEqualTo(
            "The deployment failed because a specified file already exists at this location:"
                + " /srv/app/foreign.txt");
    assertThat(foreign).hasContent("mine");
    assertThat(root.resolve("srv/app/index.html")).hasContent("8");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void what_was_taken_back_is_not_started_by_anybody_later(Shell on) throws IOException {
    use(on);
    var work = Rollouts.work("d-AAAAAAAAB", bundle("B"));
    HostCommand stop = rollouts.command(work, LifecycleEvent.APPLICATION_STOP, 1);
    holdsBack = new CountDownLatch(1);
    transport.offer(stop, heard);
    transport.cancel(stop.key(), CancelMode.NOT_STARTED);
    holdsBack.countDown();
    assertThat(heard.end(stop.key()).message()).contains("was not started on the host");
    transport.release(work.deployment(), host);

    Heard later = new Heard();
    transport.offer(stop, later);

    assertThat(later.end(stop.key()).isSuccess()).isFalse();
    assertThat(home("d-AAAAAAAAB").resolve("tickets/ApplicationStop-1/status"))
        .hasContent("cancelled 0 0");
  }
}
