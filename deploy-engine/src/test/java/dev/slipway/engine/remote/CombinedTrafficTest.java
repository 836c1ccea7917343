package dev.slipway.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.testkit.OrderedTrafficControlContract;
import dev.slipway.testkit.VirtualTimers;
import dev.slipway.testkit.VirtualTraffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fast balancer and a slow one. */
class CombinedTrafficTest extends OrderedTrafficControlContract {

  private static final Duration SLOW = Duration.ofMinutes(5);
  private static final TrafficOrder ORDER = new TrafficOrder("key", "group", 1, 1);

  private final VirtualTimers timers = new VirtualTimers();
  private final TrafficControl fast = new VirtualTraffic(timers, Duration.ofSeconds(1));
  private final TrafficControl slow = new VirtualTraffic(timers, SLOW);
  private final TrafficControl both = combined(fast, slow);
  private final List<Host> hosts = List.of(Host.named("web-1"), Host.named("web-2"));

  private static TrafficControl combined(TrafficControl... controls) {
    List<Optional<TrafficControl>> found = new ArrayList<>();
    for (TrafficControl control : controls) {
      found.add(Optional.of(control));
    }
    return CombinedTraffic.of(found).orElseThrow();
  }

  @Override
  protected TrafficControl control() {
    return both;
  }

  @Override
  protected List<Host> hosts() {
    return hosts;
  }

  @Override
  protected void settle() {
    timers.advance(SLOW);
  }

  @Test
  void the_slowest_says_how_far_a_host_is() {
    List<Host> one = hosts.subList(0, 1);

    both.remove(one, ORDER);
    timers.advance(Duration.ofSeconds(2));

    assertThat(fast.states(one)).containsValue(TrafficState.OUT_OF_SERVICE);
    assertThat(both.states(one)).containsValue(TrafficState.DRAINING);
    settle();
    both.add(one, ORDER);
    timers.advance(Duration.ofSeconds(2));
    assertThat(both.states(one)).containsValue(TrafficState.COMING);
  }

  @Test
  void one_that_has_not_heard_of_it_is_what_counts_either_way() {
    List<Host> one = hosts.subList(0, 1);
    Forgetful forgetful = new Forgetful();
    TrafficControl together = combined(fast, forgetful);

    together.remove(one, ORDER);
    timers.advance(Duration.ofSeconds(2));
    assertThat(together.states(one)).containsValue(TrafficState.IN_SERVICE);

    forgetful.state = TrafficState.OUT_OF_SERVICE;
    together.add(one, ORDER);
    timers.advance(Duration.ofSeconds(2));
    assertThat(together.states(one)).containsValue(TrafficState.OUT_OF_SERVICE);
  }

  @Test
  void one_that_is_away_does_not_keep_the_others_from_hearing() {
    List<Host> one = hosts.subList(0, 1);
    Forgetful away = new Forgetful();
    away.isAway = true;
    TrafficControl together = combined(away, fast);

    assertThatThrownBy(() -> together.remove(one, ORDER)).hasMessage("away");

    timers.advance(Duration.ofSeconds(2));
    assertThat(fast.states(one)).containsValue(TrafficState.OUT_OF_SERVICE);
  }

  @Test
  void all_must_be_known() {
    assertThat(CombinedTraffic.of(List.of(Optional.of(fast), Optional.empty()))).isEmpty();
    assertThat(CombinedTraffic.of(List.of(Optional.of(fast)))).containsSame(fast);
  }

  /** Does nothing of what it is told. */
  private static final class Forgetful implements TrafficControl {
    private TrafficState state = TrafficState.IN_SERVICE;
    private boolean isAway;

    @Override
    public void remove(List<Host> hosts, TrafficOrder order) {
      if (isAway) {
        throw new IllegalStateException("away");
      }
    }

    @Override
    public void add(List<Host> hosts, TrafficOrder order) {}

    @Override
    public Map<HostId, TrafficState> states(List<Host> hosts) {
      return Map.of(hosts.get(0).id(), state);
    }
  }
}
