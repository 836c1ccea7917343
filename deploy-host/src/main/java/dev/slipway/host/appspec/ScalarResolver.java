package dev.slipway.host.appspec;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type of a plain YAML scalar as CodeDeploy's agent does: YAML 1.1, with the particulars
 * of Ruby's YAML library.
 *
 * <p>Where those differ from YAML 1.1 as written: a comma separates digits too, minutes and seconds
 * count as hours and minutes ({@code 1:30} is 5400), an exponent needs its sign, dates are refused,
 * and a leading colon makes a symbol.
 */
final class ScalarResolver {

  /** The longest word that means true, false or null. */
  private static final int LONGEST_WORD = 5;

  /** Longer numbers stay numbers in Ruby; here they are refused, as reading them takes too long. */
  private static final int LONGEST_NUMBER = 1000;

  private static final Pattern TIME =
      Pattern.compile(
          "-?\\d{4}-\\d{1,2}-\\d{1,2}(?:[Tt]|\\s+)\\d{1,2}:\\d\\d:\\d\\d(?:\\.\\d*)?"
              + "(?:\\s*(?:Z|[-+]\\d{1,2}:?(?:\\d\\d)?))?");
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-(?:1[012]|0\\d|\\d)-(?:[12]\\d|3[01]|0\\d|\\d)");
  private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}");
  private static final Pattern BASE_60_FRACTION =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}\\.[0-9_]*");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(?:[0-9][0-9_,]*)?\\.[0-9]*(?:[eE][-+][0-9]+)?");
  private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_,]+");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_,]+");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9](?:[,_]?[0-9])*+)");
  private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_,]+");
  private static final Pattern QUOTED_SYMBOL = Pattern.compile(":([\"'])(.*)\\1.*");

  private ScalarResolver() {}

  /** Returns the value of a scalar that was written without quotes and without a tag. */
  static Scalar plain(String text) {
    if (text.isEmpty()) {
      return Scalar.Nil.NIL;
    }
    char first = text.charAt(0);
    if (first == ':' && text.length() > 1) {
      return symbol(text);
    }
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      return number(text);
    }
    return text.length() > LONGEST_WORD ? new Scalar.Str(text) : word(text);
  }

  private static Scalar word(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "~", "null" -> Scalar.Nil.NIL;
      case "yes", "true", "on" -> new Scalar.Bool(true);
      case "no", "false", "off" -> new Scalar.Bool(false);
      default -> new Scalar.Str(text);
    };
  }

  private static Scalar symbol(String text) {
    Matcher quoted = QUOTED_SYMBOL.matcher(text);
    String name = quoted.matches() ? quoted.group(2) : text.substring(1);
    return new Scalar.Symbol(quoted.matches() && name.startsWith(":") ? name.substring(1) : name);
  }

  private static Scalar number(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return looksLikeNumber(text)
          ? new Scalar.Refused(text, "is a number of more than " + LONGEST_NUMBER + " characters")
          : new Scalar.Str(text);
    }
    if (TIME.matcher(text).matches() || DATE.matcher(text).matches()) {
      return new Scalar.Refused(text, "is a date, which an AppSpec cannot hold: quote it");
    }
    Scalar word = numberWord(text);
    if (word != null) {
      return word;
    }
    if (BASE_60.matcher(text).matches()) {
      return new Scalar.Int(hoursFirst(text));
    }
    if (BASE_60_FRACTION.matcher(text).matches()) {
      return new Scalar.Real(hoursFirstFraction(text));
    }
    if (REAL.matcher(text).matches()) {
      return real(text);
    }
    return integer(text);
  }

  private static @Nullable Scalar numberWord(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "+.inf" -> new Scalar.Real(Double.POSITIVE_INFINITY);
      case "-.inf" -> new Scalar.Real(Double.NEGATIVE_INFINITY);
      case ".nan" -> new Scalar.Real(Double.NaN);
      case ".", "+.", "-." -> new Scalar.Str(text);
      default -> null;
    };
  }

  /** Returns whether the text has only characters of numbers: a test in linear time. */
  private static boolean looksLikeNumber(String text) {
    return text.startsWith("0x")
        ? text.chars().skip(2).allMatch(c -> "0123456789abcdefABCDEF_,".indexOf(c) >= 0)
        : text.chars().allMatch(c -> "0123456789_,+-.".indexOf(c) >= 0);
  }

  private static Scalar real(String text) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pointless =
          c == '.' && (i + 1 == text.length() || "eE".indexOf(text.charAt(i + 1)) >= 0);
      if (c != ',' && c != '_' && !pointless) {
        kept.append(c);
      }
    }
    try {
      return new Scalar.Real(Double.parseDouble(kept.toString()));
    } catch (NumberFormatException e) {
      return new Scalar.Refused(text, "looks like a number but has no digits: quote it");
    }
  }

  private static Scalar integer(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return whole(text, 0, 10);
    }
    if (OCTAL.matcher(text).matches()) {
      return whole(text, 1, 8);
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return whole(text, 2, 16);
    }
    if (BINARY.matcher(text).matches()) {
      return whole(text, 2, 2);
    }
    return new Scalar.Str(text);
  }

  /** Reads an integer behind its sign and {@code prefix} more characters. */
  private static Scalar whole(String text, int prefix, int base) {
    boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
    StringBuilder digits = new StringBuilder(text.charAt(0) == '-' ? "-" : "");
    text.chars()
        .skip(prefix + (signed ? 1 : 0))
        .filter(c -> c != ',' && c != '_')
        .forEach(c -> digits.append((char) c));
    if (base == 8 && digits.length() == (text.charAt(0) == '-' ? 1 : 0)) {
      return new Scalar.Int(BigInteger.ZERO);
    }
    try {
      return new Scalar.Int(new BigInteger(digits.toString(), base));
    } catch (NumberFormatException e) {
      return new Scalar.Refused(text, "looks like a number but has no digits: quote it");
    }
  }

  private static BigInteger hoursFirst(String text) {
    BigInteger sum = BigInteger.ZERO;
    long weight = 3600;
    for (String part : text.split(":", -1)) {
      sum = sum.add(RubyText.toInteger(part).multiply(BigInteger.valueOf(weight)));
      weight /= 60;
    }
    return sum;
  }

  private static double hoursFirstFraction(String text) {
    double sum = 0;
    double weight = 3600;
    for (String part : text.split(":", -1)) {
      String number = part.replace("_", "");
      sum += Double.parseDouble(number.endsWith(".") ? number + "0" : number) * weight;
      weight /= 60;
    }
    return sum;
  }
}
