package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How many processes a deployment starts on a host, which is nearly all that it costs there. The
 * host is a namespace of process numbers, which are given out one after the other, so that the
 * number of an event's process, which its ticket holds, says how many there were before it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessesPerEventTest extends LocalHost {

  private static final List<String> NAMESPACE =
      List.of("unshare", "--pid", "--fork", "--mount-proc");

  /** The event, its ticket, two readers, the script, its end: and one that the script may start. */
  private static final int MOST_PER_EVENT = 7;

  private static final int MOST_BEFORE_THE_LAST_EVENT = 55;

  private static boolean canMakeNamespaces() throws IOException, InterruptedException {
    if (Shell.find("unshare").isEmpty()) {
      return false;
    }
    List<String> command = new ArrayList<>(NAMESPACE);
    command.add("true");
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  private int processOf(String event) throws IOException {
    String process =
        Files.readString(home("d-AAAAAAAA1").resolve("tickets/" + event + "-1/process"), UTF_8);
    return Integer.parseInt(process.split(" ", 2)[0]);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void an_event_with_a_script_starts_a_handful(Shell on) throws Exception {
    use(on);
    assumeTrue(canMakeNamespaces(), "namespaces of process numbers need root and unshare");
    inside = NAMESPACE;
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                """
                version: 0.0
                os: linux
                files:
                  - {source: app, destination: /srv/app}
                hooks:
                  BeforeInstall: [{location: say.sh}]
                  AfterInstall: [{location: say.sh}]
                  ApplicationStart: [{location: say.sh}]
                  ValidateService: [{location: say.sh}]
                """)
            .file("app/one", "1")
            .script("say.sh", "echo one; echo two >&2");

    assertThat(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)))
        .hasSize(7)
        .allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());

    assertThat(processOf("ApplicationStart") - processOf("AfterInstall"))
        .isLessThanOrEqualTo(MOST_PER_EVENT);
    assertThat(processOf("ValidateService") - processOf("ApplicationStart"))
        .isLessThanOrEqualTo(MOST_PER_EVENT);
    assertThat(processOf("ValidateService")).isLessThanOrEqualTo(MOST_BEFORE_THE_LAST_EVENT);
  }
}
