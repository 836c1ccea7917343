package dev.slipway.engine.core;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;
import dev.slipway.strategy.FleetView;
import dev.slipway.strategy.HostView;
import dev.slipway.strategy.WaveView;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;

/** The state of a rollout as a strategy sees it; nothing is copied. */
record FleetSnapshot(RolloutState state, Instant now) implements FleetView {

  @Override
  public List<HostView> hosts() {
    return new Hosts(state);
  }

  @Override
  public int size() {
    return state.numbers().hosts();
  }

  @Override
  public int pending() {
    return state.counts().pending();
  }

  @Override
  public int inFlight() {
    return state.counts().inFlight();
  }

  @Override
  public int succeeded() {
    return state.counts().succeeded();
  }

  @Override
  public int failed() {
    return state.counts().failed();
  }

  @Override
  public int unreachable() {
    return state.counts().unreachable();
  }

  @Override
  public int minimumHealthy() {
    return state.numbers().minimumHealthy();
  }

  @Override
  public int freeSlots() {
    return state.freeSlots();
  }

  @Override
  public List<HostId> nextPending(int most) {
    ZoneSlice zone = state.zone();
    return state.fleet().hosts().pending(zone.from(), zone.to(), most).stream()
        .map(position -> state.host(position).host().id())
        .toList();
  }

  @Override
  public HostView host(HostId id) {
    return hosts().get(state.positionOf(id).orElseThrow());
  }

  @Override
  public List<WaveView> waves() {
    return state.course().waves();
  }

  private static final class Hosts extends AbstractList<HostView> {

    private final RolloutState state;

    Hosts(RolloutState state) {
      this.state = state;
    }

    @Override
    public HostView get(int index) {
      HostState host = state.host(index);
      Instant since =
          host.status() == HostStatus.PENDING ? state.course().startedAt() : host.since();
      return new HostView(
          host.host().id(), host.host().zone(), host.host().rank(), host.status(), since);
    }

    @Override
    public int size() {
      return state.numbers().hosts();
    }
  }
}
