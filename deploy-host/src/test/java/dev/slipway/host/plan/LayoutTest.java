package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LayoutTest {

  private final Layout layout = new Layout("/opt/root/");

  @Test
  void has_the_places_of_the_agent_of_aws() {
    assertThat(layout.cleanupFile("g")).isEqualTo("/opt/root/deployment-instructions/g-cleanup");
    assertThat(layout.installFile("g"))
        .isEqualTo("/opt/root/deployment-instructions/g-install.json");
    assertThat(layout.lastSuccessfulPointer("g"))
        .isEqualTo("/opt/root/deployment-instructions/g_last_successful_install");
    assertThat(layout.mostRecentPointer("g"))
        .isEqualTo("/opt/root/deployment-instructions/g_most_recent_install");
    assertThat(layout.deploymentDirectory("g", "d-1")).isEqualTo("/opt/root/g/d-1");
    assertThat(Layout.scriptLogIn("/opt/root/g/d-1")).isEqualTo("/opt/root/g/d-1/logs/scripts.log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a\nb", "a\\b"})
  void refuses_ids_that_are_no_single_name(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> layout.groupDirectory(id));
    assertThatIllegalArgumentException().isThrownBy(() -> layout.cleanupFile(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployment-instructions", "ongoing-deployment", "deployment-logs"})
  void refuses_a_group_with_the_name_of_its_own_records(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeploymentGroup("app", "fleet", id))
        .withMessageContaining("must not be " + id);
    assertThatIllegalArgumentException().isThrownBy(() -> layout.groupDirectory(id));
  }
}
