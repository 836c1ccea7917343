package dev.slipway.engine.simulation;

import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.event.CheckVerdict;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How modelled gates and alarms answer, and those who are to approve. */
interface CheckModel {

  /** What is answered when something is asked. */
  CheckVerdict verdict(Effect.Ask question);

  /** What somebody does where a rollout waits for an approval, or null for nothing. */
  @Nullable Function<Instant, Input> approval();
}
