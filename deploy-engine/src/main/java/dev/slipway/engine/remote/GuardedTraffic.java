package dev.slipway.engine.remote;

import dev.slipway.failure.DeployException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficControls;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * A traffic control that may be far away: asked again when it fails, within limits. What it says of
 * its own accord, by a {@link DeployException}, is its answer; that it is away is said by an {@link
 * IllegalStateException}. Thread-safe as far as the control is.
 */
public final class GuardedTraffic implements TrafficControl {

  private final TrafficControl control;
  private final GuardedCalls calls;

  private GuardedTraffic(TrafficControl control, GuardedCalls calls) {
    this.control = control;
    this.calls = calls;
  }

  /**
   * Guards traffic controls. Rollouts with the same reference share one, with what is known of its
   * failures.
   *
   * @param controls those that are known
   * @param policy how each is called
   * @param clock measures calls
   * @param threads where calls are made
   * @param telemetry hears of calls
   */
  public static Function<TrafficReference, Optional<TrafficControl>> all(
      TrafficControls controls,
      CallPolicy policy,
      InstantSource clock,
      ExecutorService threads,
      Telemetry telemetry) {
    Map<TrafficReference, Optional<TrafficControl>> found = new ConcurrentHashMap<>();
    GuardedCalls.Surroundings around = new GuardedCalls.Surroundings(clock, threads, telemetry);
    Function<TrafficReference, Optional<TrafficControl>> one =
        wanted ->
            found.computeIfAbsent(
                wanted,
                reference ->
                    controls.find(reference).map(control -> guarded(control, policy, around)));
    return wanted -> CombinedTraffic.of(wanted.controls().stream().map(one).toList());
  }

  private static TrafficControl guarded(
      TrafficControl control, CallPolicy policy, GuardedCalls.Surroundings around) {
    return new GuardedTraffic(
        control,
        new GuardedCalls(
            "traffic control",
            policy,
            failure -> !(failure instanceof DeployException),
            IllegalStateException::new,
            around));
  }

  @Override
  public void remove(List<Host> hosts, TrafficOrder order) {
    boolean unused =
        calls.repeatably(
            "remove",
            () -> {
              control.remove(hosts, order);
              return true;
            });
  }

  @Override
  public void add(List<Host> hosts, TrafficOrder order) {
    boolean unused =
        calls.repeatably(
            "add",
            () -> {
              control.add(hosts, order);
              return true;
            });
  }

  @Override
  public Map<HostId, TrafficState> states(List<Host> hosts) {
    return calls.repeatably("states", () -> control.states(hosts));
  }
}
