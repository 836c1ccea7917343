package dev.slipway.strategy;

/**
 * Decides which hosts start next.
 *
 * <p>Pure: the answer depends on the view alone, never on a clock, chance, a field that changes or
 * an earlier call. The engine asks again whenever a slot is free and something has changed, asks
 * nothing on replay, and alone keeps the floor, the failure budget and the zones: of an answer
 * larger than the free slots it starts the first hosts and asks again later. An answer that names a
 * host which is not pending, an answer that can never lead on, or an exception ends the rollout as
 * Failed with INTERNAL_ERROR and the name of the strategy; hosts in flight are completed first.
 */
@FunctionalInterface
public interface Strategy {

  /** Decides on what it sees. */
  StrategyDecision decide(FleetView fleet);
}
