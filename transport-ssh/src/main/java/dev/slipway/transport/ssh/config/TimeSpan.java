package dev.slipway.transport.ssh.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as OpenSSH writes it: seconds, or numbers with units, such as {@code 1h30m}. */
final class TimeSpan {

  private static final Pattern FORM = Pattern.compile("(?=\\d)(?:\\d{1,9}[smhdwSMHDW])*\\d{0,9}");
  private static final Pattern PART = Pattern.compile("(\\d+)([smhdwSMHDW]?)");

  private TimeSpan() {}

  /** Returns the time, if the text is one. */
  static Optional<Duration> of(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      sum = sum.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
    }
    return Optional.of(sum);
  }

  private static Duration part(long number, String unit) {
    return switch (unit) {
      case "m", "M" -> Duration.ofMinutes(number);
      case "h", "H" -> Duration.ofHours(number);
      case "d", "D" -> Duration.ofDays(number);
      case "w", "W" -> Duration.ofDays(7 * number);
      default -> Duration.ofSeconds(number);
    };
  }
}
