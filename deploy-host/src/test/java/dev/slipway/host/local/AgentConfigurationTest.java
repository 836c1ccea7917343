package dev.slipway.host.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.host.bundle.IntakeChoice;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.plan.HostChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentConfigurationTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/bin", "COLOUR", "blue", "AWS_SECRET_KEY", "s3cret", "LD_PRELOAD", "x.so");

  @TempDir Path scratch;

  @Test
  void takes_keys_with_and_without_a_colon() throws IOException {
    assertThat(read(":root_dir: /a").rootDirectory()).isEqualTo("/a");
    assertThat(read("root_dir: /a").rootDirectory()).isEqualTo("/a");
  }

  @ParameterizedTest
  @CsvSource({"'', 5", "max_revisions: 2, 2", "max_revisions: 0, 1", "max_revisions: '3', 3"})
  void keeps_so_many_revisions(String text, int kept) throws IOException {
    assertThat(read(text).maxRevisions()).isEqualTo(kept);
  }

  @Test
  void is_safe_unless_told_otherwise() throws IOException {
    AgentConfiguration configuration = read("");

    assertThat(configuration.intake(Set.of())).isEqualTo(IntakeOptions.SAFE);
    assertThat(configuration.choices()).isEmpty();
    assertThat(configuration.hookEnvironment(ENVIRONMENT).inherited())
        .isEqualTo(Map.of("PATH", "/bin"));
  }

  @Test
  void gives_the_behaviour_of_the_agent_back_under_the_names_of_its_keys() throws IOException {
    AgentConfiguration configuration =
        read(
            """
            reject_path_traversal_in_bundle: false
            reject_unsafe_permissions_in_bundle: false
            ignore_ownership_in_bundle: true
            restrict_hook_env_to_allowlist: false
            """);

    assertThat(configuration.intake(configuration.choices()).choices())
        .containsExactlyInAnyOrder(
            IntakeChoice.STRIP_UNSAFE_PATHS,
            IntakeChoice.KEEP_SET_ID_BITS,
            IntakeChoice.IGNORE_OWNERS);
    assertThat(configuration.choices()).containsExactly(HostChoice.KEEP_SET_ID_BITS);
    assertThat(configuration.hookEnvironment(ENVIRONMENT).inherited())
        .isEqualTo(Map.of("PATH", "/bin", "COLOUR", "blue"));
  }

  @Test
  void names_what_is_done_otherwise() throws IOException {
    assertThat(
            read("""
            reject_unconfined_selinux_in_bundle: false
            restrict_agent_dir_permissions: true
            slipway_choices: [modes-as-written]
            """)
                .choices())
        .containsExactlyInAnyOrder(
            HostChoice.UNCONFINED_CONTEXTS,
            HostChoice.RESTRICT_DIRECTORIES,
            HostChoice.MODES_AS_WRITTEN);
    assertThatExceptionOfType(LocalUsageException.class)
        .isThrownBy(() -> read("slipway_choices: magic").choices())
        .withMessageStartingWith(
            scratch + "/agent.yml: slipway_choices: there is no choice magic; there are ");
  }

  @Test
  void says_what_is_wrong_with_a_file() {
    assertThatExceptionOfType(LocalUsageException.class)
        .isThrownBy(() -> AgentConfiguration.read(scratch.resolve("nope.yml")))
        .withMessage("The config file " + scratch + "/nope.yml does not exist or is not readable");
    assertThatExceptionOfType(LocalUsageException.class)
        .isThrownBy(() -> read("a: [").rootDirectory())
        .withMessageStartingWith("An error occurred loading the CodeDeploy agent config file at ");
    assertThatExceptionOfType(LocalUsageException.class)
        .isThrownBy(() -> read("a: 1").rootDirectory())
        .withMessageEndingWith("agent.yml has no root_dir");
  }

  private AgentConfiguration read(String text) throws IOException {
    return AgentConfiguration.read(Files.writeString(scratch.resolve("agent.yml"), text));
  }
}
