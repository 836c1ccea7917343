package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.spi.traffic.TrafficReference;
import dev.slipway.strategy.StrategyDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every clock of a deployment, a row each: a second before it nothing has happened, and then it
 * has.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html">CodeDeploy
 *     user guide, quotas</a>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClockRowsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  static Stream<Arguments> clocks() {
    return Stream.of(
        row(
            "an event that no host takes",
            () -> Rollouts.begun(1, 1),
            Duration.ofMinutes(5),
            ErrorCode.HEALTH_CONSTRAINTS),
        row(
            "an event that is taken and not over",
            () -> Rollouts.begun(1, 1).acknowledges('a'),
            Duration.ofHours(1),
            ErrorCode.HEALTH_CONSTRAINTS),
        row(
            "the next event of a host that has run others",
            () -> Rollouts.begun(1, 1).reaches('a', LifecycleEvent.VALIDATE_SERVICE),
            Duration.ofMinutes(5),
            ErrorCode.HEALTH_CONSTRAINTS),
        row(
            "a host that does not leave traffic",
            () -> withTraffic().ends('a', Diagnostics.SUCCEEDED),
            Duration.ofHours(1),
            ErrorCode.HEALTH_CONSTRAINTS),
        row(
            "a deployment in place",
            () -> hesitating(Clocks.DEFAULT),
            Duration.ofHours(12),
            ErrorCode.TIMEOUT),
        row(
            "a blue/green deployment",
            () -> hesitating(Clocks.BLUE_GREEN),
            Duration.ofHours(109),
            ErrorCode.TIMEOUT));
  }

  private static Arguments row(
      String name, Supplier<Rollouts> rollout, Duration clock, ErrorCode code) {
    return Arguments.of(name, rollout, clock, code);
  }

  private static Rollouts withTraffic() {
    return Rollouts.of(
            Rollouts.with(
                Rollouts.definition(1, 1),
                RolloutDefinition.Lifecycle.IN_PLACE.around(TrafficReference.to("balancer"))))
        .begin();
  }

  /** Nothing of it runs, so that no other clock can be over first. */
  private static Rollouts hesitating(Clocks clocks) {
    RolloutDefinition it = Rollouts.definition(1, 1);
    RolloutDefinition.Pace pace = it.pace();
    Rollouts rollout =
        Rollouts.of(
            new RolloutDefinition(
                it.deployment(),
                it.creator(),
                it.hosts(),
                new RolloutDefinition.Pace(pace.config(), pace.batching(), pace.limits(), clocks),
                it.lifecycle(),
                it.rollback()));
    return rollout
        .using(
            fleet ->
                new StrategyDecision.Hold("not this year", Instant.parse("2027-01-01T00:00:00Z")))
        .begin();
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("clocks")
  void is_given_up_when_its_time_is_over_and_not_before(
      String name, Supplier<Rollouts> begun, Duration clock, ErrorCode code) {
    Rollouts rollout = begun.get();

    rollout.after(clock.minus(SECOND));

    assertThat(rollout.state().status()).as(name).isEqualTo(DeploymentStatus.IN_PROGRESS);

    rollout.after(SECOND);

    RolloutEnded ended = Objects.requireNonNull(rollout.state().ended(), name);
    assertThat(ended.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(ended.error()).extracting("code").isEqualTo(code);
  }
}
