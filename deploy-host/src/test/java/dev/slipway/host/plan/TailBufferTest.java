package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TailBufferTest {

  private final TailBuffer tail = new TailBuffer();

  @Test
  void keeps_the_end_of_one_long_line() {
    tail.add("x".repeat(5000) + "end");

    assertThat(tail.toString()).hasSize(TailBuffer.CAPACITY).endsWith("xend");
  }

  @Test
  void never_cuts_a_character_in_two() {
    tail.add("\uD83D\uDE00".repeat(2000) + "x");

    assertThat(tail.toString()).hasSize(TailBuffer.CAPACITY - 1).startsWith("\uD83D\uDE00");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void is_the_end_of_everything_that_was_added(long seed) {
    Random random = new Random(seed);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String piece = Integer.toString(i).repeat(random.nextInt(i % 17 == 0 ? 2000 : 30));
      all.append(piece);
      tail.add(piece);

      String end = all.substring(Math.max(0, all.length() - TailBuffer.CAPACITY));
      assertThat(tail.toString()).isEqualTo(end);
    }
  }
}
