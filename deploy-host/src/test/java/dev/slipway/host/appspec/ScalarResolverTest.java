package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table was compared with Ruby 3.1 and its YAML library 4.0. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScalarResolverTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "00|0",
        "+0|0",
        "-0|0",
        "0_0|0",
        "0,0|0",
        "0x0|0",
        "10|10",
        "-7|-7",
        "+7|7",
        "1_000|1000",
        "1,000|1000",
        "010|8",
        "0644|420",
        "0755|493",
        "0_7|7",
        "0x10|16",
        "0x1A4|420",
        "-0x10|-16",
        "0b101|5",
        "0b1_01|5",
        "1:30|5400",
        "1:30:15|5415",
        "-1:30|-1800",
        "0:5|300",
        "123456789012345678901234567890|123456789012345678901234567890",
      })
  void whole_numbers(String text, String value) {
    assertThat(ScalarResolver.plain(text)).isInstanceOf(Scalar.Int.class);
    assertThat(ScalarResolver.plain(text).text()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0|0.0",
        "-0.0|-0.0",
        ".0|0.0",
        "0.|0.0",
        "0.00|0.0",
        "0.0e+0|0.0",
        "1.9|1.9",
        ".5|0.5",
        "+.5|0.5",
        "-1.5|-1.5",
        "1_0.5|10.5",
        "1,000.25|1000.25",
        "1.e+2|100.0",
        "1.0e+20|1.0e+20",
        "1.5e-10|1.5e-10",
        "64.4|64.4",
        "0.0001|0.0001",
        "0.00001|1.0e-05",
        ".inf|Infinity",
        "-.INF|-Infinity",
        ".NaN|NaN",
        "1:30.5|5430.0",
        "100000000000000000.0|1.0e+17",
      })
  void fractions(String text, String value) {
    assertThat(ScalarResolver.plain(text)).isInstanceOf(Scalar.Real.class);
    assertThat(ScalarResolver.plain(text).text()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0e0",
        "1e3",
        "0.0e1",
        "1.0e2",
        "0o755",
        "0.0.0",
        "1.2.3",
        "08",
        "09",
        "u+x",
        "1h",
        "30s",
        ".",
        "-",
        "+",
        "-.",
        "1__0",
        "1,,0",
        "--",
        "0x",
        "1:60",
        "1:2:3:4",
        "y",
        "n",
        "none",
        "nulls",
        "truely",
        "2024-13-01",
        "12-01-01",
        "linux",
        "/",
        "~root",
        "a:b",
        "0xg",
        ":",
      })
  void texts(String text) {
    assertThat(ScalarResolver.plain(text)).isEqualTo(new Scalar.Str(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "Yes", "YES", "true", "TRUE", "on", "On", "tRuE"})
  void true_values(String text) {
    assertThat(ScalarResolver.plain(text)).isEqualTo(new Scalar.Bool(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "No", "false", "False", "off", "OFF"})
  void false_values(String text) {
    assertThat(ScalarResolver.plain(text)).isEqualTo(new Scalar.Bool(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nothing(String text) {
    assertThat(ScalarResolver.plain(text)).isEqualTo(Scalar.Nil.NIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-02", "2024-1-2", "2024-01-02 10:00:00", "2024-01-02T10:00:00Z",
        "2024-01-02 10:00:00.5 +01:00", "2024-02-31", "0b_", ".e+1",
      })
  void refused_values(String text) {
    assertThat(ScalarResolver.plain(text)).isInstanceOf(Scalar.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {":'a b',a b", ":linux,linux", ":a:b,a:b", "::a,:a"})
  void symbols(String text, String name) {
    assertThat(ScalarResolver.plain(text)).isEqualTo(new Scalar.Symbol(name));
  }

  @Test
  void a_number_of_a_million_digits_ends_quickly() {
    assertThat(ScalarResolver.plain("1".repeat(1_000_000))).isInstanceOf(Scalar.Refused.class);
    assertThat(ScalarResolver.plain("1:".repeat(500_000) + "z")).isInstanceOf(Scalar.Str.class);
  }
}
