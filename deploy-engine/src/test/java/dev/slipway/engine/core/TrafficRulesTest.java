package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.FAILED;
import static dev.slipway.engine.core.Rollouts.definition;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.RollbackWish;
import dev.slipway.event.TrafficLooked;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How hosts leave traffic and come back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrafficRulesTest {

  private static final TrafficReference BALANCER = TrafficReference.to("balancer");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void the_control_side_switches_and_no_host_hears_of_it() {
    Rollouts rollout = begun(1, 1).ends('a', Diagnostics.SUCCEEDED);

    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.BLOCK_TRAFFIC);
    assertThat(rollout.running('a').deadline()).isEqualTo(Rollouts.START.plus(HOUR));
    assertThat(rollout.last().effects())
        .containsExactly(new Effect.SwitchTraffic(host('a'), LifecycleEvent.BLOCK_TRAFFIC, 1));
    assertThat(rollout.last().wakeAt()).isEqualTo(Rollouts.START.plusMillis(250));
  }

  @Test
  void a_host_is_told_of_events_that_hosts_run_only() {
    Rollouts rollout = begun(1, 1);

    assertThat(rollout.last().effects())
        .containsExactly(
            new Effect.Offer(
                host('a'),
                LifecycleEvent.BEFORE_BLOCK_TRAFFIC,
                1,
                List.of(
                    LifecycleEvent.AFTER_BLOCK_TRAFFIC,
                    LifecycleEvent.APPLICATION_STOP,
                    LifecycleEvent.DOWNLOAD_BUNDLE,
                    LifecycleEvent.BEFORE_INSTALL,
                    LifecycleEvent.INSTALL,
                    LifecycleEvent.AFTER_INSTALL,
                    LifecycleEvent.APPLICATION_START,
                    LifecycleEvent.VALIDATE_SERVICE,
                    LifecycleEvent.BEFORE_ALLOW_TRAFFIC,
                    LifecycleEvent.AFTER_ALLOW_TRAFFIC)));
  }

  @ParameterizedTest
  @CsvSource({
    "BLOCK_TRAFFIC, OUT_OF_SERVICE, AFTER_BLOCK_TRAFFIC",
    "ALLOW_TRAFFIC, IN_SERVICE, AFTER_ALLOW_TRAFFIC"
  })
  void an_event_is_over_when_a_look_shows_what_is_wanted(
      LifecycleEvent event, TrafficState state, LifecycleEvent next) {
    Rollouts rollout = reaching(event);

    see(rollout, state);

    assertThat(rollout.running('a').event()).isEqualTo(next);
    assertThat(rollout.at('a').lastRun())
        .extracting(EventRun::event, EventRun::status)
        .containsExactly(event, LifecycleEventStatus.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource({"BLOCK_TRAFFIC, DRAINING", "ALLOW_TRAFFIC, COMING"})
  void a_host_that_is_under_way_is_waited_for(LifecycleEvent event, TrafficState state) {
    Rollouts rollout = reaching(event);
    Instant deadline = rollout.running('a').deadline();

    see(rollout, state);
    see(rollout, state);

    assertThat(rollout.running('a').event()).isEqualTo(event);
    assertThat(rollout.running('a').acknowledgedAt()).isEqualTo(rollout.now());
    assertThat(rollout.running('a').deadline()).isEqualTo(deadline);
    assertThat(rollout.last().events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BLOCK_TRAFFIC, IN_SERVICE",
    "BLOCK_TRAFFIC, COMING",
    "ALLOW_TRAFFIC, OUT_OF_SERVICE",
    "ALLOW_TRAFFIC, DRAINING"
  })
  void a_control_that_does_not_act_is_told_again(LifecycleEvent event, TrafficState state) {
    Rollouts rollout = reaching(event);

    see(rollout, state);

    assertThat(rollout.running('a').event()).isEqualTo(event);
    assertThat(rollout.last().effects())
        .containsExactly(new Effect.SwitchTraffic(host('a'), event, 1));
  }

  @Test
  void a_look_that_was_begun_before_the_switch_says_nothing() {
    Rollouts rollout = begun(1, 1).after(Duration.ofSeconds(5)).ends('a', Diagnostics.SUCCEEDED);

    rollout.take(
        new Input.TrafficSeen(
            rollout.now(),
            rollout.now().minusMillis(1),
            Map.of(host('a'), TrafficState.OUT_OF_SERVICE)));

    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.BLOCK_TRAFFIC);
  }

  @Test
  void looks_come_at_once_and_then_more_rarely_and_end_with_the_wait() {
    Rollouts rollout = reaching(LifecycleEvent.BLOCK_TRAFFIC);

    rollout.after(Duration.ofMillis(250));

    assertThat(rollout.last().effects())
        .containsExactly(new Effect.LookAtTraffic(List.of(host('a'))));
    assertThat(rollout.last().events())
        .containsExactly(new TrafficLooked(rollout.now().plusMillis(250)));
    rollout.after(Duration.ofSeconds(10));
    assertThat(rollout.last().events())
        .containsExactly(new TrafficLooked(rollout.now().plusMillis(5_125)));
    rollout.after(Duration.ofMinutes(10));
    assertThat(rollout.last().wakeAt()).isEqualTo(rollout.now().plusSeconds(15));
    see(rollout, TrafficState.OUT_OF_SERVICE);
    assertThat(rollout.state().traffic()).isEqualTo(TrafficWatch.NONE);
  }

  @Test
  void hosts_that_wait_together_are_looked_at_together() {
    Rollouts rollout =
        begun(3, 3).ends('a', Diagnostics.SUCCEEDED).ends('c', Diagnostics.SUCCEEDED);

    rollout.after(Duration.ofSeconds(1));

    assertThat(rollout.last().effects())
        .containsExactly(new Effect.LookAtTraffic(List.of(host('a'), host('c'))));
  }

  @ParameterizedTest
  @CsvSource({
    "BLOCK_TRAFFIC, 'BlockTraffic: the host was not out of service within PT1H'",
    "ALLOW_TRAFFIC, 'AllowTraffic: the host was not in service within PT1H'"
  })
  void a_host_that_is_not_switched_within_an_hour_has_failed(LifecycleEvent event, String reason) {
    Rollouts rollout = reaching(event).after(HOUR);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.at('a').reason()).isEqualTo(reason);
    assertThat(rollout.last().effects()).containsExactly(new Effect.Release(host('a')));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BEFORE_BLOCK_TRAFFIC", "AFTER_BLOCK_TRAFFIC", "APPLICATION_STOP"},
      mode = EnumSource.Mode.INCLUDE)
  void what_the_old_revision_does_may_be_forgiven(LifecycleEvent event) {
    Rollouts forgiving =
        Rollouts.of(
                Rollouts.with(
                    definition(1, 1),
                    new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE, true, 1)
                        .around(BALANCER)))
            .begin();
    Rollouts strict = begun(1, 1);

    List<LifecycleEvent> all = LifecycleEvent.IN_PLACE_WITH_TRAFFIC;
    assertThat(fail(forgiving, event).running('a').event())
        .isEqualTo(all.get(all.indexOf(event) + 1));
    assertThat(fail(strict, event).at('a').status()).isEqualTo(HostStatus.FAILED);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BEFORE_BLOCK_TRAFFIC", "AFTER_BLOCK_TRAFFIC", "APPLICATION_STOP"},
      mode = EnumSource.Mode.EXCLUDE)
  void nothing_else_is_forgiven(LifecycleEvent event) {
    Rollouts forgiving =
        Rollouts.of(
                Rollouts.with(
                    definition(1, 1),
                    new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE, true, 1)
                        .around(BALANCER)))
            .begin();

    assertThat(fail(forgiving, event).at('a').status()).isEqualTo(HostStatus.FAILED);
  }

  @Test
  void a_host_that_failed_is_left_out_of_traffic() {
    Rollouts rollout = reaching(LifecycleEvent.INSTALL).ends('a', FAILED);

    assertThat(rollout.at('a').status()).isEqualTo(HostStatus.FAILED);
    assertThat(rollout.last().effects()).containsExactly(new Effect.Release(host('a')));
  }

  @Test
  void a_stop_waits_for_the_switch_and_goes_no_further() {
    Rollouts rollout = reaching(LifecycleEvent.BLOCK_TRAFFIC);
    rollout.take(
        new Input.Stop(rollout.now(), ErrorCode.MANUAL_STOP, RollbackWish.AS_CONFIGURED, null, ""));

    assertThat(rollout.running('a').event()).isEqualTo(LifecycleEvent.BLOCK_TRAFFIC);
    see(rollout, TrafficState.OUT_OF_SERVICE);

    assertThat(rollout.at('a').reason())
        .isEqualTo("the deployment was ended before AfterBlockTraffic");
  }

  @Test
  void after_a_restart_the_control_is_told_again() {
    Rollouts rollout = reaching(LifecycleEvent.ALLOW_TRAFFIC);

    assertThat(RolloutCore.pendingEffects(rollout.state()))
        .containsExactly(new Effect.SwitchTraffic(host('a'), LifecycleEvent.ALLOW_TRAFFIC, 1));
  }

  @Test
  void a_snapshot_keeps_what_is_waited_for() {
    RolloutState state = reaching(LifecycleEvent.BLOCK_TRAFFIC).state();

    assertThat(StateForm.read(state.definition(), StateForm.write(state))).contains(state);
  }

  @Test
  void no_host_starts_while_the_control_is_not_known() {
    Rollouts rollout = Rollouts.of(withTraffic(2, 1)).withoutTraffic(BALANCER).begin();

    assertThat(rollout.state().counts().pending()).isEqualTo(2);
    assertThat(Explanation.of(rollout.state(), rollout.now()))
        .singleElement()
        .satisfies(
            hold -> assertThat(hold.message()).contains("traffic control balancer version 1"));
  }

  @Test
  void a_lifecycle_with_traffic_events_needs_a_control() {
    assertThatThrownBy(
            () -> new RolloutDefinition.Lifecycle(LifecycleEvent.IN_PLACE_WITH_TRAFFIC, false, 1))
        .hasMessage("BlockTraffic and AllowTraffic need a traffic control");
  }

  private static Rollouts fail(Rollouts rollout, LifecycleEvent event) {
    while (rollout.running('a').event() != event) {
      pass(rollout);
    }
    return rollout.ends('a', FAILED);
  }

  private static Rollouts reaching(LifecycleEvent event) {
    Rollouts rollout = begun(1, 1);
    while (rollout.running('a').event() != event) {
      pass(rollout);
    }
    return rollout;
  }

  private static void pass(Rollouts rollout) {
    switch (rollout.running('a').event()) {
      case BLOCK_TRAFFIC -> see(rollout, TrafficState.OUT_OF_SERVICE);
      case ALLOW_TRAFFIC -> see(rollout, TrafficState.IN_SERVICE);
      default -> rollout.ends('a', Diagnostics.SUCCEEDED);
    }
  }

  private static void see(Rollouts rollout, TrafficState state) {
    rollout.take(new Input.TrafficSeen(rollout.now(), rollout.now(), Map.of(host('a'), state)));
  }

  private static Rollouts begun(int hosts, int budget) {
    return Rollouts.of(withTraffic(hosts, budget)).begin();
  }

  private static RolloutDefinition withTraffic(int hosts, int budget) {
    return Rollouts.with(
        definition(hosts, budget), RolloutDefinition.Lifecycle.IN_PLACE.around(BALANCER));
  }
}
