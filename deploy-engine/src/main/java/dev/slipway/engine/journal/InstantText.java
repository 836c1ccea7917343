package dev.slipway.engine.journal;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as the text that {@link Instant#toString()} makes of them, read without a formatter: of
 * a journal of millions of events every second one has a deadline.
 */
final class InstantText {

  /** {@code 2026-01-01T00:00:00Z} */
  private static final String FORM = "0000-00-00T00:00:00";

  private static final int MOST_FRACTION_DIGITS = 9;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int SECONDS_PER_MINUTE = 60;

  private InstantText() {}

  /**
   * Returns the instant.
   *
   * @throws java.time.DateTimeException when the text is none
   */
  static Instant parse(String text) {
    return isUsual(text) ? parseUsual(text) : Instant.parse(text);
  }

  /** Whether it is of the form with a year of four digits and a time of day without leap second. */
  private static boolean isUsual(String text) {
    int last = text.length() - 1;
    int fraction = last - FORM.length();
    if (fraction < 0 || text.charAt(last) != 'Z' || fraction > MOST_FRACTION_DIGITS + 1) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      if (FORM.charAt(i) == '0' ? !isDigit(text.charAt(i)) : FORM.charAt(i) != text.charAt(i)) {
        return false;
      }
    }
    if (fraction == 1 || (fraction > 1 && text.charAt(FORM.length()) != '.')) {
      return false;
    }
    for (int i = FORM.length() + 1; i < last; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return two(text, 11) < 24 && two(text, 14) < 60 && two(text, 17) < 60;
  }

  private static Instant parseUsual(String text) {
    LocalDate day = LocalDate.of(100 * two(text, 0) + two(text, 2), two(text, 5), two(text, 8));
    int second =
        two(text, 11) * SECONDS_PER_HOUR + two(text, 14) * SECONDS_PER_MINUTE + two(text, 17);
    int nanos = 0;
    for (int i = 0; i < MOST_FRACTION_DIGITS; i++) {
      int at = FORM.length() + 1 + i;
      nanos = 10 * nanos + (at < text.length() - 1 ? digit(text, at) : 0);
    }
    return Instant.ofEpochSecond(day.toEpochDay() * SECONDS_PER_DAY + second, nanos);
  }

  private static int two(String text, int at) {
    return 10 * digit(text, at) + digit(text, at + 1);
  }

  private static int digit(String text, int at) {
    return text.charAt(at) - '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
