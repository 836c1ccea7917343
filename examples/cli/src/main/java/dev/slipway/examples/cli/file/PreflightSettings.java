package dev.slipway.examples.cli.file;

import dev.slipway.preflight.Preflight;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how hosts are looked at before a deployment. */
final class PreflightSettings {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(K|M|G)?");
  private static final int MOST_AT_ONCE = 10_000;

  private PreflightSettings() {}

  /** Returns null for {@code preflight: false}. */
  static @Nullable Preflight read(Setting preflight) {
    Preflight usual = Preflight.DEFAULT;
    if (!preflight.isSection()) {
      return preflight.flag() ? usual : null;
    }
    Section section =
        preflight.section().allow("minimumFree", "clockSkew", "accounts", "within", "atOnce");
    return new Preflight(
        section.find("minimumFree").map(PreflightSettings::bytes).orElse(usual.minimumFree()),
        section.find("clockSkew").map(Durations::read).orElse(usual.clockSkew()),
        section.find("accounts").map(Setting::flag).orElse(usual.accounts()),
        section.find("within").map(PreflightSettings::patience).orElse(usual.within()),
        section
            .find("atOnce")
            .map(number -> number.number(1, MOST_AT_ONCE))
            .orElse(usual.atOnce()));
  }

  private static Duration patience(Setting setting) {
    Duration patience = Durations.read(setting);
    if (patience.isZero()) {
      throw setting.wrong("must be longer than " + setting.shown() + ", such as 30s");
    }
    return patience;
  }

  private static long bytes(Setting setting) {
    Matcher matcher = SIZE.matcher(setting.text());
    if (!matcher.matches()) {
      throw setting.wrong(
          "must be a number of bytes, or of K, M or G, such as 500M, but is " + setting.shown());
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    return switch (unit) {
      case "K" -> number << 10;
      case "M" -> number << 20;
      case "G" -> number << 30;
      default -> number;
    };
  }
}
