package dev.slipway.host.appspec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the range of an SELinux context, {@code s0-s15:c0.c1023}, and brings it to normal form. */
final class SelinuxRange {

  private static final int HIGHEST_CATEGORY = 1023;

  private SelinuxRange() {}

  /**
   * Returns the normal form: runs of categories joined, equal ends written once.
   *
   * @throws RejectedText with the agent's message when it is no range
   */
  static String normalise(String range) throws RejectedText {
    String[] halves = split(range, ':');
    String[] ends = split(halves[0], '-');
    BigInteger low = sensitivity(ends[0]);
    BigInteger high = ends.length == 1 ? low : sensitivity(ends[1]);
    NavigableSet<Integer> categories = halves.length == 1 ? new TreeSet<>() : categories(halves[1]);
    if (high.compareTo(low) < 0) {
      throw new RejectedText(AgentMessages.rangeOrder(RubyText.shown(range)));
    }
    return "s"
        + low
        + (high.equals(low) ? "" : "-s" + high)
        + (categories.isEmpty() ? "" : ":" + join(categories));
  }

  /** Splits at the first separator, into one or two parts of which none is empty. */
  private static String[] split(String text, char separator) throws RejectedText {
    int at = text.indexOf(separator);
    if (at < 0) {
      return new String[] {text};
    }
    if (at == 0 || at == text.length() - 1) {
      throw problem("invalid range part ", text);
    }
    return new String[] {text.substring(0, at), text.substring(at + 1)};
  }

  private static BigInteger sensitivity(String text) throws RejectedText {
    String digits = digitsAfter('s', text);
    if (digits == null) {
      throw problem("invalid sensitivity ", text);
    }
    return new BigInteger(digits);
  }

  private static NavigableSet<Integer> categories(String text) throws RejectedText {
    NavigableSet<Integer> found = new TreeSet<>();
    for (String part : text.replaceAll(",+$", "").split(",", -1)) {
      String[] ends = part.contains(".") ? split(part, '.') : new String[] {part, part};
      int first = category(ends[0]);
      int last = category(ends[1]);
      if (last < first) {
        throw problem("invalid category range ", part);
      }
      for (int category = first; category <= last; category++) {
        if (!found.add(category)) {
          throw new RejectedText("duplicate categories");
        }
      }
    }
    return found;
  }

  private static int category(String text) throws RejectedText {
    String digits = digitsAfter('c', text);
    if (digits != null) {
      BigInteger number = new BigInteger(digits);
      if (number.bitLength() < Integer.SIZE && number.intValue() <= HIGHEST_CATEGORY) {
        return number.intValue();
      }
    }
    throw problem("invalid category ", text);
  }

  /** Returns the digits behind the letter, or null when the text is anything else. */
  private static @Nullable String digitsAfter(char letter, String text) {
    boolean isNumber =
        text.length() > 1
            && text.length() < 100
            && text.charAt(0) == letter
            && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? text.substring(1) : null;
  }

  private static String join(NavigableSet<Integer> categories) {
    List<String> runs = new ArrayList<>();
    Integer at = categories.first();
    while (at != null) {
      int last = at;
      while (categories.contains(last + 1)) {
        last++;
      }
      runs.add(last == at ? "c" + at : "c" + at + ".c" + last);
      at = categories.higher(last);
    }
    return String.join(",", runs);
  }

  private static RejectedText problem(String message, String text) {
    return new RejectedText(message + RubyText.shown(text));
  }
}
