package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Collection;

/**
 * Writes what the runner reads: lines of words of our own, and texts from outside. A text goes
 * after a line with the number of lines that it covers, so that no content can be taken for
 * something else, and a shell can read it without starting a program.
 */
final class PlanText {

  /** A shell reads texts byte by byte: beyond this a program for the purpose is cheaper. */
  private static final int LONGEST_FOR_A_SHELL = 2048;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a line of words and numbers of ours. */
  PlanText line(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    bytes.writeBytes(line.append('\n').toString().getBytes(UTF_8));
    return this;
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException if it holds a zero byte, which no name, argument or variable
   *     of a Unix system can
   */
  PlanText text(String text) {
    refuseZero(text);
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    bytes.writeBytes((lines + "\n" + text + "\n").getBytes(UTF_8));
    return this;
  }

  /** Adds texts whose number the reader knows. */
  PlanText texts(Collection<String> texts) {
    texts.forEach(this::text);
    return this;
  }

  /** Returns whether names are so few that a shell best reads them as texts. */
  static boolean areFew(Collection<String> names) {
    return names.size() <= LONGEST_FOR_A_SHELL
        && names.stream().mapToInt(String::length).sum() <= LONGEST_FOR_A_SHELL;
  }

  /** Returns whether the content is a text, and so short that a shell best reads it as one. */
  static boolean isShort(byte[] content) {
    if (content.length > LONGEST_FOR_A_SHELL) {
      return false;
    }
    for (byte one : content) {
      if (one == 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds bytes whose number the reader knows. */
  PlanText bytes(byte[] some) {
    bytes.writeBytes(some);
    return this;
  }

  /**
   * Returns names with a zero byte behind each.
   *
   * @throws IllegalArgumentException if one holds a zero byte
   */
  static byte[] names(Iterable<String> names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      refuseZero(name);
      all.writeBytes(name.getBytes(UTF_8));
      all.write(0);
    }
    return all.toByteArray();
  }

  private static void refuseZero(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a name or variable cannot hold a zero byte: " + text.replace('\0', '?'));
    }
  }

  /** Returns what was added. */
  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
