package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host that is pushed to runs when a command of a deployment has failed there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OnFailureOnHostTest extends LocalHost {

  private Revisions failing(String afterInstall) throws IOException {
    return revision("1")
        .file(
            "appspec.yml",
            """
            version: 0.0
            os: linux
            files:
              - {source: app, destination: /srv/app}
            hooks:
              AfterInstall: [{location: after.sh}]
              OnFailure: [{location: failed.sh}]
            """)
        .file("app/one", "1")
        .script("after.sh", afterInstall)
        .script(
            "failed.sh",
            "echo \"failed: $SLIPWAY_FAILED_EVENT in $LIFECYCLE_EVENT\" | tee -a '"
                + directory
                + "/failures'");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void runs_after_a_script_failed_and_changes_nothing_of_its_end(Shell on) throws IOException {
    use(on);

    Diagnostics end = last(deploy("d-AAAAAAAA1", failing("echo no; exit 3").pack(BundleType.TGZ)));

    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
    assertThat(end.log()).endsWith("[stdout]no\n");
    assertThat(directory.resolve("failures")).hasContent("failed: AfterInstall in OnFailure\n");
    assertThat(heard.output()).endsWith("[stdout]failed: AfterInstall in OnFailure\n");
  }

  @Test
  void runs_after_an_install_that_was_refused() throws IOException {
    Files.createDirectories(root.resolve("srv/app"));
    Files.writeString(root.resolve("srv/app/one"), "somebody else's");

    Diagnostics end = last(deploy("d-AAAAAAAA1", failing("exit 0").pack(BundleType.TGZ)));

    assertThat(end.message()).contains("already exists at this location");
    assertThat(directory.resolve("failures")).hasContent("failed: Install in OnFailure\n");
  }

  @Test
  void does_not_run_when_all_goes_well() throws IOException {
    assertThat(last(deploy("d-AAAAAAAA1", failing("exit 0").pack(BundleType.TGZ))).isSuccess())
        .isTrue();

    assertThat(directory.resolve("failures")).doesNotExist();
  }

  @Test
  void runs_once_though_the_link_is_lost_meanwhile() throws IOException {
    var work =
        Rollouts.work(
            "d-AAAAAAAA1",
            failing("exit 3")
                .script(
                    "failed.sh",
                    "echo run >>'%1$s/failures'; while [ ! -f '%1$s/gate' ]; do sleep 0.05; done"
                        .formatted(directory))
                .pack(BundleType.TGZ));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 4), heard);
    HostCommand after = rollouts.command(work, LifecycleEvent.AFTER_INSTALL, 1);
    Heard here = new Heard();
    transport.offer(after, here);
    here.awaitThat(() -> Files.exists(directory.resolve("failures")));

    links.get(0).close();
    here.await("back");
    Files.writeString(directory.resolve("gate"), "");

    assertThat(here.end(after.key()).message()).contains("failed with exit code 3");
    assertThat(directory.resolve("failures")).hasContent("run\n");
  }

  @Test
  void changes_nothing_of_why_an_install_was_refused_though_the_link_is_lost_meanwhile()
      throws IOException {
    Files.createDirectories(root.resolve("srv/app"));
    Files.writeString(root.resolve("srv/app/one"), "somebody else's");
    var work =
        Rollouts.work(
            "d-AAAAAAAA1",
            failing("exit 0")
                .script(
                    "failed.sh",
                    "echo run >>'%1$s/failures'; while [ ! -f '%1$s/gate' ]; do sleep 0.05; done"
                        .formatted(directory))
                .pack(BundleType.TGZ));
    rollouts.run(work, 1, LifecycleEvent.IN_PLACE.subList(0, 3), heard);
    HostCommand install = rollouts.command(work, LifecycleEvent.INSTALL, 1);
    Heard here = new Heard();
    transport.offer(install, here);
    here.awaitThat(() -> Files.exists(directory.resolve("failures")));

    links.get(0).close();
    here.await("back");
    Files.writeString(directory.resolve("gate"), "");

    assertThat(here.end(install.key()).message()).contains("already exists at this location");
    assertThat(directory.resolve("failures")).hasContent("run\n");
  }

  @Test
  void a_conflict_names_the_group_whose_file_is_in_the_way() throws IOException {
    Files.createDirectories(root.resolve("srv/app"));
    Files.writeString(root.resolve("srv/app/one"), "of the other group");
    Files.createDirectories(instructions(""));
    Files.writeString(instructions("group-2-cleanup"), root + "/srv/app/one\n");

    Diagnostics end = last(deploy("d-AAAAAAAA1", failing("exit 0").pack(BundleType.TGZ)));

    assertThat(end.message()).endsWith("(it was installed by the deployment group group-2)");
  }
}
