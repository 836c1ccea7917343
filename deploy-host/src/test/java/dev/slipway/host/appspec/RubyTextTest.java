package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.nodes.Node;

/** Compared with Ruby 3.1. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RubyTextTest {

  @Test
  void inspect_shows_nested_values() {
    Node root =
        YamlDocument.read(
                "a.yml",
                AppSpecs.bytes(
                    """
                    a:
                      - 1
                      - 2.50
                      - yes
                      - ~
                      - :s
                      - ':t u'
                      - :t u
                    '"#{x}': {}
                    b: []
                    """))
            .root();

    assertThat(RubyText.inspect(Objects.requireNonNull(root)))
        .isEqualTo(
            "{\"a\"=>[1, 2.5, true, nil, :s, \":t u\", :\"t u\"], \"\\\"\\#{x}\"=>{},"
                + " \"b\"=>[]}");
  }

  @Test
  void quoted_texts_are_escaped() {
    assertThat(RubyText.quoted("\\ \t\n\r\f\b\u000b\u0007\u001b\0\u009fé # #a"))
        .isEqualTo("\"\\\\ \\t\\n\\r\\f\\b\\v\\a\\e\\u0000\\u009Fé # #a\"");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "12,12",
        "-12x,-12",
        "+5,5",
        "` \t7`,7",
        "1_000,1000",
        "1__0,1",
        "_1,0",
        "x,0",
        "-,0",
        "``,0",
        "1.9,1",
        "0x10,0",
        "007,7",
      })
  void to_i_takes_the_integer_at_the_start(String text, BigInteger expected) {
    assertThat(RubyText.toInteger(text)).isEqualTo(expected);
  }

  @Test
  void to_i_of_a_million_digits_is_some_large_number() {
    assertThat(RubyText.toInteger("9".repeat(1_000_000)).bitLength()).isGreaterThan(64);
  }

  @Test
  void strip_takes_blanks_and_nuls() {
    assertThat(RubyText.strip("\0\t\n\u000b\f\r a b \0")).isEqualTo("a b");
    assertThat(RubyText.strip("\u00a0a")).isEqualTo("\u00a0a");
    assertThat(RubyText.strip(" \0 ")).isEmpty();
  }
}
