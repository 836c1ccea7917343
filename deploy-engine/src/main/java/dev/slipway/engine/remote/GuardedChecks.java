package dev.slipway.engine.remote;

import dev.slipway.event.CheckKind;
import dev.slipway.event.CheckVerdict;
import dev.slipway.failure.RequestException;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.spi.alarm.AlarmSource;
import dev.slipway.spi.alarm.AlarmState;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.gate.HealthGate;
import dev.slipway.spi.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gates and sources of alarms, which may be far away, hang or fail: whatever they do, there is an
 * answer. Thread-safe as far as they are.
 */
public final class GuardedChecks {

  /** How soon a gate is asked again that has failed to answer. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final CheckRegistry registry;
  private final CallPolicy policy;
  private final GuardedCalls.Surroundings surroundings;
  private final Function<CheckKind, Executor> askers;
  private final Map<String, GuardedCalls> calls = new ConcurrentHashMap<>();

  /**
   * What became of a question.
   *
   * @param verdict the answer
   * @param message in words, may be empty
   * @param again after how long to ask again when it cannot be said yet
   */
  public record Answer(CheckVerdict verdict, String message, Duration again) {}

  /**
   * Guards gates and sources.
   *
   * @param registry which
   * @param policy how each is called
   * @param clock measures calls
   * @param threads where calls with a time limit are made
   * @param telemetry hears of calls
   * @param askers where questions of a kind wait for their turn and their answer: a large fleet has
   *     many
   */
  public GuardedChecks(
      CheckRegistry registry,
      CallPolicy policy,
      InstantSource clock,
      ExecutorService threads,
      Telemetry telemetry,
      Function<CheckKind, Executor> askers) {
    this.askers = askers;
    this.registry = registry;
    this.policy = policy;
    this.surroundings = new GuardedCalls.Surroundings(clock, threads, telemetry);
  }

  /** Returns which gates and sources are known. */
  public CheckRegistry registry() {
    return registry;
  }

  /** Has something asked when it has its turn, so that nobody waits for that here. */
  public void later(CheckKind kind, Runnable question) {
    askers.apply(kind).execute(question);
  }

  /** Asks a gate. */
  public Answer ask(GateReference reference, GateQuestion question) {
    try {
      Optional<HealthGate> gate = registry.find(reference);
      return gate.isEmpty()
          ? new Answer(CheckVerdict.MISSING, "", AGAIN)
          : answer(call("gate " + reference.name(), "check", () -> gate.get().check(question)));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return new Answer(CheckVerdict.NOT_YET, "it failed: " + e, AGAIN);
    }
  }

  private static Answer answer(@Nullable GateAnswer answer) {
    if (answer == null) {
      return new Answer(CheckVerdict.NOT_YET, "it has answered with null", AGAIN);
    }
    Duration again = answer.again();
    return switch (answer.kind()) {
      case PASSED -> new Answer(CheckVerdict.PASSED, answer.why(), AGAIN);
      case REFUSED -> new Answer(CheckVerdict.REFUSED, answer.why(), AGAIN);
      case NOT_YET ->
          new Answer(
              CheckVerdict.NOT_YET,
              answer.why(),
              again == null || again.isNegative() || again.isZero() ? AGAIN : again);
    };
  }

  /** Reads alarms. */
  public Answer read(AlarmWatch watch) {
    try {
      Optional<AlarmSource> source = registry.find(watch);
      if (source.isEmpty()) {
        return new Answer(CheckVerdict.MISSING, "", AGAIN);
      }
      Set<String> names = new LinkedHashSet<>(watch.alarms());
      return answer(
          watch, call("alarms " + watch.source(), "read", () -> source.get().read(names)));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return new Answer(CheckVerdict.UNREADABLE, said(e), AGAIN);
    }
  }

  private static String said(Throwable failure) {
    return Objects.requireNonNullElseGet(failure.getMessage(), failure::toString);
  }

  private static Answer answer(AlarmWatch watch, Map<String, AlarmState> states) {
    List<String> active =
        watch.alarms().stream().filter(name -> states.get(name) == AlarmState.ALARM).toList();
    List<String> unread = watch.alarms().stream().filter(name -> states.get(name) == null).toList();
    if (!active.isEmpty()) {
      return new Answer(CheckVerdict.REFUSED, String.join(", ", active), AGAIN);
    }
    return unread.isEmpty()
        ? new Answer(CheckVerdict.PASSED, "", AGAIN)
        : new Answer(
            CheckVerdict.UNREADABLE, "nothing is said of " + String.join(", ", unread), AGAIN);
  }

  private <T> T call(String name, String method, Supplier<T> call) {
    return calls
        .computeIfAbsent(
            name,
            unused ->
                new GuardedCalls(
                    name, policy, failure -> true, RequestException::new, surroundings))
        .repeatably(method, call);
  }
}
