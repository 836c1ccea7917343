package dev.slipway.engine.remote;

import dev.slipway.failure.DeployException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.telemetry.Telemetry;
import dev.slipway.spi.termination.HostTerminator;
import dev.slipway.spi.termination.HostTerminators;
import dev.slipway.spi.termination.TerminatorReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * A terminator that may be far away: asked again when it fails, within limits. That it is away is
 * said by an {@link IllegalStateException}. Thread-safe as far as the terminator is.
 */
public final class GuardedTermination implements HostTerminator {

  private final HostTerminator terminator;
  private final GuardedCalls calls;

  private GuardedTermination(HostTerminator terminator, GuardedCalls calls) {
    this.terminator = terminator;
    this.calls = calls;
  }

  /**
   * Guards terminators. Rollouts with the same reference share one.
   *
   * @param terminators those that are known
   * @param policy how each is called
   * @param clock measures calls
   * @param threads where calls are made
   * @param telemetry hears of calls
   */
  public static Function<TerminatorReference, Optional<HostTerminator>> all(
      HostTerminators terminators,
      CallPolicy policy,
      InstantSource clock,
      ExecutorService threads,
      Telemetry telemetry) {
    Map<TerminatorReference, Optional<HostTerminator>> found = new ConcurrentHashMap<>();
    GuardedCalls.Surroundings around = new GuardedCalls.Surroundings(clock, threads, telemetry);
    return wanted ->
        found.computeIfAbsent(
            wanted,
            reference ->
                terminators
                    .find(reference)
                    .map(
                        terminator ->
                            new GuardedTermination(
                                terminator,
                                new GuardedCalls(
                                    "host terminator",
                                    policy,
                                    failure -> !(failure instanceof DeployException),
                                    IllegalStateException::new,
                                    around))));
  }

  @Override
  public void terminate(List<Host> hosts, String key) {
    boolean unused =
        calls.repeatably(
            "terminate",
            () -> {
              terminator.terminate(hosts, key);
              return true;
            });
  }
}
