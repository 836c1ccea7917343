package dev.slipway.engine.simulation;

import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.event.CheckVerdict;
import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gates, alarms and people that answer this or that, from a seed, or not at all. */
final class OddChecks implements CheckModel {

  private final SplittableRandom random;
  private final boolean odd;

  OddChecks(SplittableRandom random) {
    this.random = random;
    this.odd = random.nextBoolean();
  }

  @Override
  public CheckVerdict verdict(Effect.Ask question) {
    HostId host = question.host();
    if (!odd && host == null) {
      return CheckVerdict.PASSED;
    }
    return switch (random.nextInt(24)) {
      case 0 -> CheckVerdict.REFUSED;
      case 1, 2, 3 -> CheckVerdict.NOT_YET;
      case 4 -> CheckVerdict.UNREADABLE;
      case 5 -> CheckVerdict.MISSING;
      default -> CheckVerdict.PASSED;
    };
  }

  @Override
  public @Nullable Function<Instant, Input> approval() {
    return switch (random.nextInt(5)) {
      case 0 -> at -> new Input.Reject(at, null, "ann", "not today");
      case 1 -> null;
      default -> at -> new Input.Approve(at, null, "ann", "");
    };
  }
}
