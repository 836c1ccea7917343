package dev.slipway.engine.core;

import static dev.slipway.engine.core.Rollouts.FAILED;
import static dev.slipway.engine.core.Rollouts.begun;
import static dev.slipway.engine.core.Rollouts.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.HostStatus;
import dev.slipway.strategy.FleetView;
import dev.slipway.strategy.HostView;
import dev.slipway.strategy.WaveView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a strategy sees. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FleetSnapshotTest {

  @Test
  void it_shows_the_hosts_in_order_with_what_became_of_them() {
    Rollouts rollout = begun(6, 3).after(Duration.ofMinutes(1)).ends('a', FAILED).succeeds("b");

    FleetView fleet = new FleetSnapshot(rollout.state(), rollout.now());

    assertThat(fleet.hosts())
        .containsExactly(
            new HostView(host('a'), "", 0, HostStatus.FAILED, rollout.now()),
            new HostView(host('b'), "", 0, HostStatus.SUCCEEDED, rollout.now()),
            new HostView(host('c'), "", 0, HostStatus.IN_PROGRESS, Rollouts.START),
            new HostView(host('d'), "", 0, HostStatus.PENDING, Rollouts.START),
            new HostView(host('e'), "", 0, HostStatus.PENDING, Rollouts.START),
            new HostView(host('f'), "", 0, HostStatus.PENDING, Rollouts.START));
    assertThat(fleet.waves())
        .containsExactly(new WaveView(1, Rollouts.START, List.of(host('a'), host('b'), host('c'))));
  }

  @Test
  void it_counts() {
    Rollouts rollout = begun(6, 3).ends('a', FAILED).succeeds("b");

    FleetView fleet = new FleetSnapshot(rollout.state(), rollout.now());

    assertThat(fleet.size()).isEqualTo(6);
    assertThat(fleet.started()).isEqualTo(3);
    assertThat(fleet.pending()).isEqualTo(3);
    assertThat(fleet.inFlight()).isEqualTo(1);
    assertThat(fleet.succeeded()).isEqualTo(1);
    assertThat(fleet.failed()).isEqualTo(1);
    assertThat(fleet.unreachable()).isZero();
    assertThat(fleet.minimumHealthy()).isEqualTo(3);
    assertThat(fleet.freeSlots()).isEqualTo(1);
    assertThat(fleet.now()).isEqualTo(rollout.now());
  }

  @Test
  void the_next_hosts_are_those_of_the_zone_that_has_its_turn() {
    Rollouts rollout = Rollouts.of(Rollouts.zonal(3, Duration.ZERO));

    assertThat(new FleetSnapshot(rollout.state(), rollout.now()).nextPending(5))
        .containsExactly(host('a'), host('b'), host('c'));
    assertThat(new FleetSnapshot(rollout.state(), rollout.now()).nextPending(0)).isEmpty();
  }
}
