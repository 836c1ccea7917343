package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.host.exec.BlockedPath.Ids;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BlockedPathTest {

  @ParameterizedTest
  @CsvSource({
    // mode, owner, group: whether user 7 of the groups 7 and 8 may enter
    "0100, 7, 1, true",
    "0077, 7, 7, false",
    "0010, 1, 8, true",
    "0707, 1, 8, false",
    "0001, 1, 1, true",
    "0770, 1, 1, false"
  })
  void the_first_part_of_a_mode_that_is_about_an_account_counts(
      String mode, int owner, int group, boolean may) {
    Ids ids = new Ids(7, Set.of(7, 8));

    assertThat(ids.may(01, Integer.parseInt(mode, 8), owner, group)).isEqualTo(may);
  }

  @ParameterizedTest
  @CsvSource({"0000", "0700"})
  void root_may_everything(String mode) {
    assertThat(new Ids(0, Set.of(0)).may(05, Integer.parseInt(mode, 8), 1, 1)).isTrue();
  }
}
