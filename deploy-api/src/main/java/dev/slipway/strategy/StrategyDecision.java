package dev.slipway.strategy;

import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a strategy wants to happen next. */
public sealed interface StrategyDecision {

  /** Which of the answers it is. */
  Kind kind();

  /** The answers there are. */
  enum Kind {
    /** {@link Start}. */
    START,
    /** {@link Hold}. */
    HOLD,
    /** {@link Finish}. */
    FINISH
  }

  /**
   * Start these hosts, as many of them as there are slots, in this order.
   *
   * @param hosts pending hosts, at least one, none twice
   */
  record Start(List<HostId> hosts) implements StrategyDecision {

    /** Copies the list in. */
    public Start {
      hosts = List.copyOf(hosts);
    }

    @Override
    public Kind kind() {
      return Kind.START;
    }
  }

  /**
   * Start nothing now. Without an instant, until a host that is in flight has ended.
   *
   * @param why for whoever asks why nothing moves
   * @param until when to ask again at the latest, or null
   */
  record Hold(String why, @Nullable Instant until) implements StrategyDecision {

    /** A hold until a host that is in flight has ended. */
    public Hold(String why) {
      this(why, null);
    }

    @Override
    public Kind kind() {
      return Kind.HOLD;
    }
  }

  /**
   * Start no further host. The rollout fails with HEALTH_CONSTRAINTS if hosts are left that were
   * never started.
   *
   * @param why for the error message
   */
  record Finish(String why) implements StrategyDecision {

    @Override
    public Kind kind() {
      return Kind.FINISH;
    }
  }
}
