package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.host.appspec.AppSpecName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventRevisionTest {

  private static final Layout LAYOUT = new Layout("/r");
  private static final DeploymentGroup GROUP = new DeploymentGroup("app", "group", "g");
  private static final HostDeployment NORMAL = HostDeployment.of("d-1", GROUP);
  private static final HostDeployment ROLLBACK =
      new HostDeployment(
          "d-1",
          GROUP,
          HostDeployment.ROLLBACK,
          HostDeployment.Type.BLUE_GREEN,
          AppSpecName.DEFAULT,
          "DISALLOW",
          Map.of());

  @ParameterizedTest
  @CsvSource({
    "BeforeBlockTraffic, LAST, RECENT",
    "AfterBlockTraffic, LAST, RECENT",
    "ApplicationStop, LAST, LAST",
    "BeforeInstall, CURRENT, CURRENT",
    "AfterInstall, CURRENT, CURRENT",
    "ApplicationStart, CURRENT, CURRENT",
    "ValidateService, CURRENT, CURRENT",
    "BeforeAllowTraffic, CURRENT, LAST",
    "AfterAllowTraffic, CURRENT, LAST",
    "MyOwnEvent, CURRENT, CURRENT"
  })
  void follows_from_event_and_kind_of_deployment(
      String event, EventRevision normal, EventRevision rollback) {
    assertThat(EventRevision.of(event, NORMAL)).isEqualTo(normal);
    assertThat(EventRevision.of(event, ROLLBACK)).isEqualTo(rollback);
  }

  @Test
  void is_the_current_one_as_soon_as_that_is_unpacked() {
    Pointers pointers = new Pointers("/r/g/d-0", "/r/g/d-0");

    assertThat(EventRevision.directory("ApplicationStop", NORMAL, LAYOUT, pointers, true))
        .contains("/r/g/d-1");
    assertThat(EventRevision.directory("ApplicationStop", NORMAL, LAYOUT, pointers, false))
        .contains("/r/g/d-0");
  }

  @Test
  void is_none_before_the_first_deployment() {
    Optional<String> directory =
        EventRevision.directory("ApplicationStop", NORMAL, LAYOUT, Pointers.NONE, false);

    assertThat(directory).isEmpty();
  }
}
