package dev.slipway.testkit.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two drivers, three hosts, and every order in which things can happen. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SmallScopeTest {

  @ParameterizedTest(name = "{0} of 3 hosts must stay healthy, {1} owners one after the other")
  @CsvSource({"0, 2", "1, 3", "2, 4"})
  void no_promise_is_broken_in_any_order(int floor, int epochs) {
    Search.Result result = new Search(floor, epochs, Set.of()).run();

    System.out.printf(
        "floor %d, %d owners: %d situations, %d steps deep%n",
        floor, epochs, result.situations(), result.depth());
    assertThat(result.violation()).isNull();
    assertThat(result.situations()).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @EnumSource
  void every_broken_promise_is_refuted(Search.Flaw flaw) {
    Search.Result result = new Search(1, 2, Set.of(flaw)).run();

    System.out.printf(
        "%s: refuted after %d steps, %d situations%n", flaw, result.depth(), result.situations());
    assertThat(result.violation()).isNotNull();
  }
}
