package dev.slipway.examples.cli.file;

import dev.slipway.provider.onprem.settings.Setting;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 90s}, {@code 10m}, {@code 2h} and {@code 7d}. */
final class Durations {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})([smhd])");

  private Durations() {}

  static Duration read(Setting setting) {
    Matcher matcher = TEXT.matcher(setting.text());
    if (!matcher.matches()) {
      throw setting.wrong(
          "must be a number and s, m, h or d, such as 10m, but is " + setting.shown());
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).charAt(0)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
