package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.Host;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a {@link dev.slipway.spi.traffic.TrafficControl} keeps to that keeps the last order of each
 * host beside it: no process that was taken for dead moves traffic any more.
 */
public abstract class OrderedTrafficControlContract extends TrafficControlContract {

  /** Makes one. */
  protected OrderedTrafficControlContract() {}

  @Test
  void an_order_that_is_older_than_the_last_one_changes_nothing() {
    Host host = hosts().get(0);
    control().remove(List.of(host), order("out", 2));
    settle();

    control().add(List.of(host), order("in", 1));

    settle();
    assertThat(state(host)).isEqualTo(TrafficState.OUT_OF_SERVICE);
  }
}
