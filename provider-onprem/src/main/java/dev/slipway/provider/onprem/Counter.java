package dev.slipway.provider.onprem;

import dev.slipway.provider.onprem.settings.Setting;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many hosts one entry means, and the text of each: {@code web-[01-20]} is twenty.
 *
 * @param size how many, at least 1
 */
record Counter(int size) {

  private static final int MOST = 10_000;
  private static final Pattern RANGE = Pattern.compile("\\[(\\d{1,9})-(\\d{1,9})]");

  /** Returns how many hosts a name means. */
  static Counter of(Setting name) {
    Matcher range = RANGE.matcher(name.text());
    return new Counter(range.find() ? size(name, range) : 1);
  }

  /** Returns the text for the host at that index, with its ranges counted along. */
  String text(Setting setting, int index) {
    Matcher range = RANGE.matcher(setting.text());
    return range.replaceAll(match -> number(setting, range, index));
  }

  private String number(Setting setting, Matcher range, int index) {
    int count = size(setting, range);
    if (count != size) {
      throw setting.wrong(
          "counts " + count + " in \"" + range.group() + "\", but its name counts " + size);
    }
    String first = range.group(1);
    int width = first.startsWith("0") ? first.length() : 1;
    return String.format(Locale.ROOT, "%0" + width + "d", Integer.parseInt(first) + index);
  }

  private static int size(Setting setting, Matcher range) {
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    if (to < from || to - from >= MOST) {
      throw setting.wrong(
          "has the range \"" + range.group() + "\"; count upwards, at most " + MOST + " hosts");
    }
    return to - from + 1;
  }
}
