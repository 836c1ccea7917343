package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.Host;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VirtualTrafficTest extends OrderedTrafficControlContract {

  private static final Duration TAKES = Duration.ofSeconds(30);

  private final VirtualTimers timers = new VirtualTimers();
  private final VirtualTraffic traffic = new VirtualTraffic(timers, TAKES);
  private final List<Host> hosts = List.of(Host.named("a"), Host.named("b"));

  @Override
  protected TrafficControl control() {
    return traffic;
  }

  @Override
  protected List<Host> hosts() {
    return hosts;
  }

  @Override
  protected void settle() {
    timers.advance(TAKES);
  }

  @Test
  void a_host_that_is_put_back_while_it_drains_does_not_go_out() {
    List<Host> one = hosts.subList(0, 1);
    traffic.remove(one, new TrafficOrder("out", "", 1, 1));
    timers.advance(TAKES.dividedBy(2));

    traffic.add(one, new TrafficOrder("in", "", 1, 1));

    timers.advance(TAKES.dividedBy(2));
    assertThat(traffic.states(one)).containsValue(TrafficState.COMING);
    timers.advance(TAKES);
    assertThat(traffic.states(one)).containsValue(TrafficState.IN_SERVICE);
  }
}
