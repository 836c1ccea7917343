package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.Host;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TrafficControl} keeps to. A test of one extends this class and provides at
 * least two hosts, all of them in service.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class TrafficControlContract {

  /** Makes one. */
  protected TrafficControlContract() {}

  /** Returns the control, the same one throughout a test. */
  protected abstract TrafficControl control();

  /** Returns the hosts, the same ones throughout a test. */
  protected abstract List<Host> hosts();

  /** Lets everything happen that takes its time: drains, health checks. */
  protected abstract void settle();

  @Test
  void it_knows_where_each_host_stands_that_it_is_asked_about() {
    assertThat(control().states(hosts()))
        .containsOnlyKeys(hosts().stream().map(Host::id).toList())
        .allSatisfy((host, state) -> assertThat(state).isEqualTo(TrafficState.IN_SERVICE));
    assertThat(control().states(List.of())).isEmpty();
  }

  @Test
  void a_host_that_is_taken_out_drains_and_is_out_in_the_end() {
    Host host = hosts().get(0);

    control().remove(List.of(host), order("out", 1));

    assertThat(state(host)).isIn(TrafficState.DRAINING, TrafficState.OUT_OF_SERVICE);
    settle();
    assertThat(state(host)).isEqualTo(TrafficState.OUT_OF_SERVICE);
    assertThat(state(hosts().get(1))).isEqualTo(TrafficState.IN_SERVICE);
  }

  @Test
  void a_host_that_is_put_back_comes_and_is_in_service_in_the_end() {
    Host host = hosts().get(0);
    control().remove(List.of(host), order("out", 1));
    settle();

    control().add(List.of(host), order("in", 1));

    assertThat(state(host)).isIn(TrafficState.COMING, TrafficState.IN_SERVICE);
    settle();
    assertThat(state(host)).isEqualTo(TrafficState.IN_SERVICE);
  }

  @Test
  void repeating_a_request_changes_nothing() {
    Host host = hosts().get(0);
    control().remove(List.of(host), order("out", 1));
    settle();

    control().remove(List.of(host), order("out", 1));

    assertThat(state(host)).isEqualTo(TrafficState.OUT_OF_SERVICE);
    control().add(List.of(host), order("in", 1));
    control().add(List.of(host), order("in", 1));
    settle();
    assertThat(state(host)).isEqualTo(TrafficState.IN_SERVICE);
  }

  /** Returns an order of the same deployment group; those of a higher epoch are later. */
  protected static TrafficOrder order(String key, long epoch) {
    return new TrafficOrder(key, "5f0c1a8e-9a54-4a52-8f7e-1c6f2c1c0f11", 1, epoch);
  }

  /** Returns where a host stands. */
  protected TrafficState state(Host host) {
    return Optional.ofNullable(control().states(List.of(host)).get(host.id())).orElseThrow();
  }
}
