package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.revision.BundleType;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How often a deployment waits for the way to a host and back, once the runner is there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RoundTripsTest extends LocalHost {

  /** The first question goes out with the start of the runner. */
  private static final int FIRST_QUESTION = 1;

  private static final int FACTS_OF_INSTALL = 1;

  private Revisions revision() throws IOException {
    return revision("1")
        .file(
            "appspec.yml",
            """
            version: 0.0
            os: linux
            files:
              - {source: app, destination: /srv/app}
            hooks:
              ApplicationStop: [{location: say.sh}]
              BeforeInstall: [{location: say.sh}]
              AfterInstall: [{location: say.sh}]
              ApplicationStart: [{location: say.sh}]
              ValidateService: [{location: say.sh}]
            """)
        .file("app/one", "1")
        .script("say.sh", "echo one; echo two");
  }

  @Test
  void an_event_takes_one_and_install_one_more() throws IOException {
    deploy("d-AAAAAAAA1", revision().pack(BundleType.TGZ));

    assertThat(deploy("d-AAAAAAAA2", revision().pack(BundleType.TGZ)))
        .hasSize(7)
        .allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());

    assertThat(links).hasSize(2);
    assertThat(links.get(1).turns()).isEqualTo(FIRST_QUESTION + 7 + FACTS_OF_INSTALL);
  }
}
