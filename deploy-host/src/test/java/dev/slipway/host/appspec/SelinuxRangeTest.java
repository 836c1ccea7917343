package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SelinuxRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s0|s0",
        "s00|s0",
        "s0-s0|s0",
        "s0-s1|s0-s1",
        "s0:c1,c2,c3|s0:c1.c3",
        "s0:c3,c1|s0:c1,c3",
        "s0:c1,c2,c4,c5|s0:c1.c2,c4.c5",
        "s0:c1.c1|s0:c1",
        "s0:c007|s0:c7",
        "s0:c1,|s0:c1",
        "s0-s0:c0.c5,c7|s0:c0.c5,c7",
        "s0-s15:c0.c1023|s0-s15:c0.c1023",
      })
  void ranges(String text, String normal) throws RejectedText {
    assertThat(SelinuxRange.normalise(text)).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s1-s0|with the SELinux range specified (s1-s0) for the context parameter",
        "s0:c5.c2|invalid category range c5.c2",
        "s0:c1024|invalid category c1024",
        "s0:c|invalid category c",
        "s0:c1:c2|invalid category c1:c2",
        "s0:c1,c1|duplicate categories",
        "s0:c0.c5,c3|duplicate categories",
        "x0|invalid sensitivity x0",
        "s|invalid sensitivity s",
        "''|invalid sensitivity",
        "s0-s1-s2|invalid sensitivity s1-s2",
        "s0:|invalid range part s0:",
      })
  void no_ranges(String text, String reason) {
    RejectedText rejected =
        catchThrowableOfType(RejectedText.class, () -> SelinuxRange.normalise(text));

    assertThat(rejected.reason()).contains(reason);
  }
}
