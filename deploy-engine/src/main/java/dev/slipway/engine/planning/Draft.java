package dev.slipway.engine.planning;

import dev.slipway.engine.core.RolloutPlan;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.rollout.RolloutSpec;
import java.util.List;

/**
 * A plan before it is shown.
 *
 * @param spec what was asked for
 * @param record what would be kept
 * @param plan the numbers and waves
 * @param wavesBack how many hosts would start together if all of them had to go back
 * @param contents what the bundle says
 * @param digest a hash over all of it
 */
record Draft(
    RolloutSpec spec,
    RolloutRecord record,
    RolloutPlan plan,
    List<Integer> wavesBack,
    BundleContents contents,
    String digest) {}
