package dev.slipway.engine.simulation;

import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.event.CheckVerdict;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/**
 * Gates that pass and alarms that are quiet, but for those that are named; everything is approved.
 *
 * @param refusing names of gates that refuse, and of sources with an active alarm
 */
record SteadyChecks(Set<String> refusing) implements CheckModel {

  @Override
  public CheckVerdict verdict(Effect.Ask question) {
    return refusing.contains(question.name()) ? CheckVerdict.REFUSED : CheckVerdict.PASSED;
  }

  @Override
  public Function<Instant, Input> approval() {
    return at -> new Input.Approve(at, null, "simulated", "");
  }
}
