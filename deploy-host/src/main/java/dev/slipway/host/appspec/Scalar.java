package dev.slipway.host.appspec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The value of a YAML scalar once its type is known, with the texts Ruby would give for it. */
sealed interface Scalar {

  /** Returns what {@code to_s} gives. */
  String text();

  /** Returns what {@code inspect} gives. */
  default String inspect() {
    return text();
  }

  /** Returns the word for this type in a message. */
  String kind();

  /** A text. */
  record Str(String text) implements Scalar {
    @Override
    public String inspect() {
      return RubyText.quoted(text);
    }

    @Override
    public String kind() {
      return "text";
    }
  }

  /** A whole number of any size. */
  record Int(BigInteger value) implements Scalar {
    @Override
    public String text() {
      return value.toString();
    }

    @Override
    public String kind() {
      return "number";
    }
  }

  /** A floating point number. */
  record Real(double value) implements Scalar {

    /** Whole numbers of more digits are written with an exponent. */
    private static final int MOST_WHOLE = 15;

    /** With four zeros behind the point a number is written with an exponent. */
    private static final int FEWEST_WHOLE = -4;

    @Override
    public String text() {
      if (Double.isNaN(value)) {
        return "NaN";
      }
      if (Double.isInfinite(value)) {
        return value > 0 ? "Infinity" : "-Infinity";
      }
      if (value == 0) {
        return 1 / value < 0 ? "-0.0" : "0.0";
      }
      BigDecimal shortest = shortest().stripTrailingZeros();
      String digits = shortest.unscaledValue().abs().toString();
      int wholeDigits = digits.length() - shortest.scale();
      if (wholeDigits > FEWEST_WHOLE
          && (wholeDigits <= MOST_WHOLE || wholeDigits < digits.length())) {
        return shortest.scale() < 1
            ? shortest.setScale(1).toPlainString()
            : shortest.toPlainString();
      }
      int exponent = wholeDigits - 1;
      return (value < 0 ? "-" : "")
          + digits.charAt(0)
          + "."
          + (digits.length() == 1 ? "0" : digits.substring(1))
          + (exponent < 0 ? "e-" : "e+")
          + (Math.abs(exponent) < 10 ? "0" : "")
          + Math.abs(exponent);
    }

    /** Returns the fewest digits that read back as the same number; Java 17 gives more at times. */
    private BigDecimal shortest() {
      BigDecimal exact = new BigDecimal(value);
      for (int digits = 1; digits < 17; digits++) {
        BigDecimal rounded = exact.round(new MathContext(digits));
        if (rounded.doubleValue() == value) {
          return rounded;
        }
      }
      return exact.round(new MathContext(17));
    }

    @Override
    public String kind() {
      return "number";
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Scalar {
    @Override
    public String text() {
      return Boolean.toString(value);
    }

    @Override
    public String kind() {
      return "truth value";
    }
  }

  /** A Ruby symbol, such as {@code :linux}: never equal to the text {@code linux}. */
  record Symbol(String text) implements Scalar {
    @Override
    public String inspect() {
      return text.matches("[A-Za-z_][A-Za-z0-9_]*[?!=]?")
          ? ":" + text
          : ":" + RubyText.quoted(text);
    }

    @Override
    public String kind() {
      return "symbol";
    }
  }

  /** Nothing. */
  record Nil() implements Scalar {

    /** There is only one nothing. */
    static final Nil NIL = new Nil();

    @Override
    public String text() {
      return "";
    }

    @Override
    public String inspect() {
      return "nil";
    }

    @Override
    public String kind() {
      return "nothing";
    }
  }

  /**
   * What the agent refuses to load: a date, a Ruby object, a number that is none.
   *
   * @param text the scalar as written
   * @param reason why, as the end of a sentence that starts with the text
   */
  record Refused(String text, String reason) implements Scalar {
    @Override
    public String kind() {
      return "refused value";
    }
  }
}
