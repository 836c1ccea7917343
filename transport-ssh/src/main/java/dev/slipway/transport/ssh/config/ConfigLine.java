package dev.slipway.transport.ssh.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A line that says something.
 *
 * @param file where it stands
 * @param number in which line, from 1
 * @param key its keyword in small letters
 * @param arguments what follows, at least one word
 * @param included for {@code Include}, the lines of each file that it names
 */
record ConfigLine(
    Path file, int number, String key, List<String> arguments, List<List<ConfigLine>> included) {

  ConfigLine {
    arguments = List.copyOf(arguments);
    included = List.copyOf(included);
  }

  /** Returns the only argument. */
  String argument() {
    if (arguments.size() > 1) {
      throw wrong(key + " takes one value, but there are " + arguments);
    }
    return arguments.get(0);
  }

  /** Returns an error that says where it is. */
  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(where() + ": " + what);
  }

  String where() {
    return file + ":" + number;
  }
}
