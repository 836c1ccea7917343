package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Creator;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CodeDeploy's table of which event occurs in which kind of deployment, row by row. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LifecycleTableTest {

  private static final Map<String, List<String>> RAN =
      Map.of(
          "in place, balanced", ran(inPlace(Creator.USER, true), 'a'),
          "in place", ran(inPlace(Creator.USER, false), 'a'),
          "rollback in place", ran(inPlace(Creator.ROLLBACK, true), 'a'),
          "original", ran(Fleets.blueGreen(null), 'c'),
          "replacement", ran(Fleets.blueGreen(null), 'a'),
          "back: original", ran(back(), 'a'),
          "back: replacement", ran(back(), 'c'));

  /** The columns follow each other as in the table; x means that the event occurs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BeforeBlockTraffic  | x |   | x | x |   |   | x",
        "BlockTraffic        | x |   | x | x |   |   | x",
        "AfterBlockTraffic   | x |   | x | x |   |   | x",
        "ApplicationStop     | x | x | x |   | x |   |  ",
        "DownloadBundle      | x | x | x |   | x |   |  ",
        "BeforeInstall       | x | x | x |   | x |   |  ",
        "Install             | x | x | x |   | x |   |  ",
        "AfterInstall        | x | x | x |   | x |   |  ",
        "ApplicationStart    | x | x | x |   | x |   |  ",
        "ValidateService     | x | x | x |   | x |   |  ",
        "BeforeAllowTraffic  | x |   | x |   | x | x |  ",
        "AllowTraffic        | x |   | x |   | x | x |  ",
        "AfterAllowTraffic   | x |   | x |   | x | x |  "
      })
  void an_event_occurs_where_the_table_has_it(
      String event,
      @Nullable String inPlaceBalanced,
      @Nullable String inPlace,
      @Nullable String rollbackInPlace,
      @Nullable String original,
      @Nullable String replacement,
      @Nullable String backOriginal,
      @Nullable String backReplacement) {
    occurs(event, "in place, balanced", inPlaceBalanced);
    occurs(event, "in place", inPlace);
    occurs(event, "rollback in place", rollbackInPlace);
    occurs(event, "original", original);
    occurs(event, "replacement", replacement);
    occurs(event, "back: original", backOriginal);
    occurs(event, "back: replacement", backReplacement);
  }

  /** What runs scripts of the installed revision may fail, if that is to be ignored. */
  @ParameterizedTest
  @CsvSource({
    "BeforeBlockTraffic, true",
    "BlockTraffic, false",
    "AfterBlockTraffic, true",
    "ApplicationStop, true",
    "DownloadBundle, false",
    "BeforeInstall, false",
    "Install, false",
    "AfterInstall, false",
    "ApplicationStart, false",
    "ValidateService, false",
    "BeforeAllowTraffic, false",
    "AllowTraffic, false",
    "AfterAllowTraffic, false"
  })
  void a_failure_is_forgiven_where_the_table_has_it(String event, boolean isForgiven) {
    RolloutDefinition.Lifecycle ignoring =
        new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE, true, 1).around(Fleets.BALANCER);
    RolloutDefinition definition = Rollouts.with(Rollouts.definition(1, 1), ignoring);

    Rollouts rollout = Fleets.answer(Rollouts.of(definition).begin(), "a/" + event);

    assertThat(rollout.at('a').status())
        .isEqualTo(isForgiven ? HostStatus.SUCCEEDED : HostStatus.FAILED);
    assertThat(rollout.at('a').runs())
        .filteredOn(run -> run.event().wireName().equals(event))
        .extracting(EventRun::status)
        .containsExactly(LifecycleEventStatus.FAILED);
  }

  private static void occurs(String event, String kind, @Nullable String mark) {
    List<String> ran = RAN.getOrDefault(kind, List.of());
    assertThat(ran.contains(event)).as("%s, %s", event, kind).isEqualTo(mark != null);
    assertThat(ran)
        .as(kind)
        .isSortedAccordingTo(
            (one, other) ->
                LifecycleEvent.named(one)
                    .orElseThrow()
                    .compareTo(LifecycleEvent.named(other).orElseThrow()));
  }

  private static RolloutDefinition inPlace(Creator creator, boolean isBalanced) {
    RolloutDefinition plain = Rollouts.with(Rollouts.definition(1, 1), creator);
    return isBalanced
        ? Rollouts.with(plain, RolloutDefinition.Lifecycle.IN_PLACE.around(Fleets.BALANCER))
        : plain;
  }

  /** Hosts a and b, the original ones, get their traffic back from c and d. */
  private static RolloutDefinition back() {
    RolloutDefinition there = Fleets.blueGreen(null);
    return Rollouts.with(
        Rollouts.with(there, there.lifecycle().switchingBack(2)), Creator.ROLLBACK);
  }

  private static List<String> ran(RolloutDefinition definition, char host) {
    return Fleets.ran(Fleets.answer(Rollouts.of(definition).begin()), host);
  }
}
