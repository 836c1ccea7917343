package dev.slipway.strategy;

/** All free slots, always. */
record AsManyAsMay() implements Strategy {

  @Override
  public StrategyDecision decide(FleetView fleet) {
    return new StrategyDecision.Start(fleet.nextPending(fleet.freeSlots()));
  }
}
