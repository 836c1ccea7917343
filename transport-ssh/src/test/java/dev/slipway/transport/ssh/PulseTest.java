package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What counts as a sign of life, and who is asked for one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PulseTest {

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int questions;
  private Runnable whileAsking = () -> {};
  private final Pulse pulse = new Pulse(waiting::add, this::ask);

  private void ask() {
    questions++;
    whileAsking.run();
  }

  private void askAll() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  @Test
  void nothing_speaks_against_one_that_was_not_asked() {
    assertThat(pulse.isFelt()).isTrue();
    assertThat(pulse.isInDoubt()).isFalse();
  }

  @Test
  void one_that_answers_lives_and_is_asked_each_time() {
    for (int look = 1; look <= 3; look++) {
      assertThat(pulse.isFelt()).isTrue();
      askAll();
      pulse.beat();
    }

    assertThat(questions).isEqualTo(3);
  }

  @Test
  void one_that_says_nothing_is_silent_until_it_does() {
    assertThat(pulse.isFelt()).isTrue();
    askAll();

    assertThat(pulse.isFelt()).isFalse();
    assertThat(pulse.isFelt()).isFalse();
    pulse.beat();
    assertThat(pulse.isFelt()).isTrue();
  }

  @Test
  void one_that_is_never_asked_because_others_take_all_time_is_not_silent() {
    assertThat(pulse.isFelt()).isTrue();

    assertThat(pulse.isFelt()).isTrue();
    assertThat(pulse.expected().getAsBoolean()).isTrue();

    assertThat(waiting).hasSize(1);
  }

  @Test
  void one_that_does_not_even_take_the_question_is_silent() {
    boolean unused = pulse.isFelt();
    whileAsking = () -> assertThat(pulse.isFelt()).isFalse();

    askAll();

    assertThat(questions).isEqualTo(1);
    assertThat(waiting).isEmpty();
  }

  @Test
  void one_that_gives_no_sign_when_it_should_is_in_doubt_until_it_does() {
    BooleanSupplier sign = pulse.expected();
    askAll();

    assertThat(sign.getAsBoolean()).isFalse();
    assertThat(pulse.isInDoubt()).isTrue();
    pulse.beat();
    assertThat(pulse.isInDoubt()).isFalse();
  }

  @Test
  void one_that_gives_a_sign_when_it_should_is_not_in_doubt() {
    BooleanSupplier sign = pulse.expected();
    askAll();
    pulse.beat();

    assertThat(sign.getAsBoolean()).isTrue();
    assertThat(pulse.isInDoubt()).isFalse();
  }
}
