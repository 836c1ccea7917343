package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppSpecNameTest {

  @Test
  void nothing_asked_means_the_default() {
    assertThat(AppSpecName.of(null)).isEqualTo(AppSpecName.DEFAULT);
    assertThat(AppSpecName.of("")).isEqualTo(AppSpecName.DEFAULT);
    assertThat(AppSpecName.of("x/b.yml").value()).isEqualTo("x/b.yml");
  }

  @Test
  void the_other_extension_is_tried_second() {
    assertThat(AppSpecName.DEFAULT.candidates()).containsExactly("appspec.yml", "appspec.yaml");
    assertThat(AppSpecName.of("a/b.yaml").candidates()).containsExactly("a/b.yaml", "a/b.yml");
    assertThat(AppSpecName.of("spec").candidates()).containsExactly("spec");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/a.yml",
        "../a.yml",
        "a/../../b.yml",
        "a\\b.yml",
        "C:a.yml",
        "a//b",
        "a/",
        "a\0b"
      })
  void a_name_never_leads_out_of_the_bundle(String name) {
    assertThatThrownBy(() -> AppSpecName.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AppSpecFilename is not a safe revision-relative path: \"" + name + "\"");
  }

  @Test
  void a_bundle_without_it_fails_with_the_text_of_the_agent() {
    assertThat(AppSpecName.DEFAULT.missingMessage("/opt/d"))
        .isEqualTo(
            "The CodeDeploy agent did not find an AppSpec file within the unpacked revision"
                + " directory at revision-relative path \"appspec.yml\". The revision was unpacked"
                + " to directory \"/opt/d\", and the AppSpec file was expected but not found at"
                + " path \"/opt/d/appspec.yml\". Consult the AWS CodeDeploy Appspec documentation"
                + " for more information at"
                + " http://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html");
  }
}
