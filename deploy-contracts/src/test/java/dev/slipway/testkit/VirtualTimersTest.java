package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VirtualTimersTest {

  private final VirtualTimers timers = new VirtualTimers();
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasks_run_in_the_order_of_their_instants_and_then_of_their_coming() {
    in(2, "third");
    in(1, "first");
    in(1, "second");

    timers.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("first 1", "second 1", "third 2");
  }

  @Test
  void nothing_runs_before_its_instant() {
    in(2, "late");

    timers.advance(Duration.ofSeconds(1));

    assertThat(ran).isEmpty();
    assertThat(timers.waiting()).isOne();
    assertThat(timers.instant()).isEqualTo(VirtualTimers.START.plusSeconds(1));
  }

  @Test
  void a_task_may_put_off_another_one_that_runs_in_the_same_move() {
    timers.at(at(1), () -> in(1, "child"));

    timers.advance(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("child 2");
    assertThat(timers.instant()).isEqualTo(at(5));
  }

  @Test
  void a_task_of_the_past_runs_now() {
    timers.advance(Duration.ofSeconds(3));
    timers.at(VirtualTimers.START, () -> note("past"));

    timers.advance(Duration.ZERO);

    assertThat(ran).containsExactly("past 3");
  }

  @Test
  void a_cancelled_task_never_runs_and_cancelling_twice_is_harmless() {
    Runnable cancel = timers.at(at(1), () -> note("never"));

    cancel.run();
    cancel.run();
    timers.advance(Duration.ofSeconds(1));

    assertThat(ran).isEmpty();
    assertThat(timers.waiting()).isZero();
  }

  private static Instant at(int seconds) {
    return VirtualTimers.START.plusSeconds(seconds);
  }

  private void in(int seconds, String name) {
    timers.at(timers.instant().plusSeconds(seconds), () -> note(name));
  }

  private void note(String name) {
    ran.add(name + " " + Duration.between(VirtualTimers.START, timers.instant()).toSeconds());
  }
}
