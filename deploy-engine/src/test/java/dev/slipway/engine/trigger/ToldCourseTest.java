package dev.slipway.engine.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostReady;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.SwitchBegun;
import dev.slipway.event.TrafficMoved;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.RolloutSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is told of a blue/green deployment. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ToldCourseTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final HostId GREEN = new HostId("green");
  private static final HostId BLUE = new HostId("blue");

  private final ToldCourse course =
      new ToldCourse(new RolloutSummary(new DeploymentId("d-AAAAAAAAA"), "web", "prod", AT, null));
  private long sequence;

  @Test
  void a_host_and_a_deployment_that_wait_for_the_switch_are_told() {
    take(new RolloutStarted(1, 0, 1, AT));
    take(new WaveStarted(1, List.of(GREEN)));

    assertThat(take(new HostReady(GREEN))).containsExactly(TriggerEventType.INSTANCE_READY);
    assertThat(course.host(GREEN).status()).isEqualTo(HostStatus.READY);
    assertThat(take(new SwitchAwaited(AT))).containsExactly(TriggerEventType.DEPLOYMENT_READY);
    assertThat(course.status()).isEqualTo(DeploymentStatus.READY);
  }

  @Test
  void a_replacement_begins_once_and_an_original_when_it_loses_traffic() {
    take(new RolloutStarted(1, 0, 1, AT));
    take(new WaveStarted(1, List.of(GREEN)));
    take(new HostReady(GREEN));
    take(new SwitchBegun(""));

    assertThat(take(new TrafficMoved(List.of(GREEN)))).isEmpty();
    assertThat(take(new HostFinished(GREEN, HostStatus.SUCCEEDED, "")))
        .containsExactly(TriggerEventType.INSTANCE_SUCCESS);
    assertThat(take(new TrafficMoved(List.of(BLUE))))
        .containsExactly(TriggerEventType.INSTANCE_START);
    assertThat(course.overview()).isEqualTo(new DeploymentOverview(0, 1, 1, 0, 0));
  }

  private List<TriggerEventType> take(RolloutEvent event) {
    return course.take(new RecordedEvent(++sequence, AT, event)).stream()
        .map(Occurrence::type)
        .toList();
  }
}
