package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host that is pushed to can be told to do otherwise. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChoicesOnHostTest extends LocalHost {

  private Map<LifecycleEvent, Diagnostics> deploy(String choices, String permission, String script)
      throws IOException {
    setHost(Map.of("choices", choices));
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                """
                version: 0.0
                os: linux
                files:
                  - {source: app, destination: /srv/app}
                permissions:
                  - {object: /srv/app, type: [file], %s}
                hooks:
                  AfterInstall: [{location: after.sh, timeout: 60}]
                """
                    .formatted(permission))
            .file("app/one", "1")
            .script("after.sh", script);
    return deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ));
  }

  @Test
  void takes_modes_as_they_are_written() throws IOException {
    assertThat(last(deploy("modes-as-written", "mode: 0604", "exit 0")).isSuccess()).isTrue();

    assertThat(mode(root.resolve("srv/app/one"))).isEqualTo("rw----r--");
  }

  @Test
  void sets_modes_again_after_owners() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "not root");

    assertThat(
            last(deploy("mode-after-owner", "mode: '4755', owner: nobody", "exit 0")).isSuccess())
        .isTrue();

    assertThat((Integer) Files.getAttribute(root.resolve("srv/app/one"), "unix:mode") & 07777)
        .isEqualTo(04755);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void starts_scripts_in_their_revision_and_lets_go_of_their_output(Shell on) throws IOException {
    use(on);
    var ends =
        deploy(
            "start-in-revision, let-go-of-output",
            "mode: 644",
            "cat app/one; echo; while [ -d '" + directory + "' ]; do sleep 0.2 || exit; done &");

    assertThat(last(ends).isSuccess()).isTrue();
    assertThat(heard.output())
        .contains("[stdout]1\n", "ended; STDOUT is still held, and is closed");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void keeps_others_from_looking_into_deployments(Shell on) throws IOException {
    use(on);

    assertThat(last(deploy("restrict-directories", "mode: 644", "exit 0")).isSuccess()).isTrue();

    assertThat(mode(home("d-AAAAAAAA1"))).isEqualTo("rwx--x--x");
    assertThat(mode(instructions(""))).isEqualTo("rwx------");
    assertThat(mode(home("d-AAAAAAAA1").resolve("logs"))).isEqualTo("rwxr-x---");
  }

  @Test
  void an_unknown_choice_is_refused_with_those_there_are() throws IOException {
    assertThat(last(deploy("magic", "mode: 644", "exit 0")).message())
        .contains("choices must be some of keep-set-id-bits, modes-as-written", "\"magic\"");
  }
}
