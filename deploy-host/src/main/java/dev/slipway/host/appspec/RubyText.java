package dev.slipway.host.appspec;

import java.math.BigInteger;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * How the agent's language turns values into text and texts into values: messages and the values of
 * lenient keys depend on it.
 */
final class RubyText {

  /** A rendered list or map is cut here, so that aliases cannot blow it up. */
  private static final int LONGEST_RENDERING = 2_000;

  /** What a message quotes of a value. */
  private static final int LONGEST_QUOTE = 400;

  /** Enough for every number that can matter. */
  private static final int MOST_DIGITS = 100;

  private RubyText() {}

  /** Returns what {@code to_s} gives for the node. */
  static String text(Node node) {
    return node instanceof ScalarNode scalar ? Nodes.scalar(scalar).text() : inspect(node);
  }

  /** Returns what {@code inspect} gives for the node, cut when it is very long. */
  static String inspect(Node node) {
    StringBuilder out = new StringBuilder();
    inspect(node, out);
    return out.toString();
  }

  private static void inspect(Node node, StringBuilder out) {
    if (out.length() > LONGEST_RENDERING) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      out.append(Nodes.scalar(scalar).inspect());
    } else if (node instanceof SequenceNode list) {
      String separator = "[";
      for (Node item : list.getValue()) {
        out.append(separator);
        inspect(item, out);
        separator = ", ";
      }
      out.append(list.getValue().isEmpty() ? "[]" : "]");
    } else if (node instanceof MappingNode map) {
      String separator = "{";
      for (NodeTuple entry : map.getValue()) {
        out.append(separator);
        inspect(entry.getKeyNode(), out);
        out.append("=>");
        inspect(entry.getValueNode(), out);
        separator = ", ";
      }
      out.append(map.getValue().isEmpty() ? "{}" : "}");
    }
  }

  /** Returns the text between double quotes, escaped. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        case 0x0b -> out.append("\\v");
        case 0x07 -> out.append("\\a");
        case 0x1b -> out.append("\\e");
        case '#' -> {
          boolean interpolates = i + 1 < text.length() && "{$@".indexOf(text.charAt(i + 1)) >= 0;
          out.append(interpolates ? "\\#" : "#");
        }
        default -> out.append(isPrintable(c) ? c : String.format("\\u%04X", (int) c));
      }
    }
    return out.append('"').toString();
  }

  private static boolean isPrintable(char c) {
    return c >= 0x20 && (c < 0x7f || c >= 0xa0 || c == 0x85) && c != 0x2028 && c != 0x2029;
  }

  /** Returns the text for use in a message: as it is, or cut when it is very long. */
  static String shown(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }

  /**
   * Returns what {@code to_i} gives: the integer at the start of the text, or zero. Of a longer
   * number only the first hundred digits count.
   */
  static BigInteger toInteger(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) != 0 && isBlank(text.charAt(at))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    StringBuilder digits = new StringBuilder("0");
    for (; at < text.length() && digits.length() <= MOST_DIGITS; at++) {
      char c = text.charAt(at);
      boolean separator = c == '_' && digits.length() > 1 && text.charAt(at - 1) != '_';
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (!separator) {
        break;
      }
    }
    BigInteger size = new BigInteger(digits.toString());
    return negative ? size.negate() : size;
  }

  /** Returns the text without blanks, control blanks and NULs at its ends. */
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == 0 || (c >= '\t' && c <= '\r');
  }
}
