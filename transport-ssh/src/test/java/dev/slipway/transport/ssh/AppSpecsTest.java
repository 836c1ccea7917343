package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.AppSpecException;
import dev.slipway.host.appspec.ParsedAppSpec;
import dev.slipway.host.plan.HostChoice;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AppSpecsTest {

  private static final String TEXT =
      """
      version: 0.0
      os: linux
      hooks:
        AfterInstall: [{location: %s}]
      """;

  private final AppSpecs appSpecs = new AppSpecs();

  private ParsedAppSpec read(String name, String script, Set<HostChoice> choices) {
    return appSpecs.parse(name, TEXT.formatted(script).getBytes(UTF_8), choices);
  }

  @Test
  void what_was_shown_before_is_not_read_again() {
    assertThat(read("appspec.yml", "one.sh", Set.of()))
        .isSameAs(read("appspec.yml", "one.sh", Set.of()));
  }

  @Test
  void another_content_name_or_rule_is_something_else() {
    ParsedAppSpec one = read("appspec.yml", "one.sh", Set.of());

    assertThat(read("appspec.yml", "two.sh", Set.of())).isNotEqualTo(one);
    assertThat(read("appspec.yaml", "one.sh", Set.of())).isNotSameAs(one);
    assertThat(read("appspec.yml", "one.sh", Set.of(HostChoice.MODES_AS_WRITTEN))).isNotSameAs(one);
  }

  @Test
  void what_has_not_been_shown_for_long_is_forgotten() {
    ParsedAppSpec first = read("appspec.yml", "first.sh", Set.of());
    for (int i = 0; i < 40; i++) {
      read("appspec.yml", "script-" + i + ".sh", Set.of());
    }

    assertThat(read("appspec.yml", "first.sh", Set.of())).isNotSameAs(first).isEqualTo(first);
  }

  @Test
  void what_is_wrong_is_wrong_each_time() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> appSpecs.parse("appspec.yml", "os: [".getBytes(UTF_8), Set.of()))
          .isInstanceOf(AppSpecException.class);
    }
  }
}
