package dev.slipway.transport.ssh.config;

import java.nio.file.Path;

/**
 * Who uses the configuration.
 *
 * @param user the account's name
 * @param home its home directory
 */
public record LocalAccount(String user, Path home) {

  /** Returns the account of this process. */
  public static LocalAccount ofThisProcess() {
    return new LocalAccount(
        System.getProperty("user.name"), Path.of(System.getProperty("user.home")));
  }

  /** Returns the path, where {@code ~/} is the home directory. */
  Path path(String text, ConfigLine line) {
    if (text.equals("~") || text.startsWith("~/")) {
      return home.resolve(text.substring(Math.min(2, text.length())));
    }
    if (text.startsWith("~")) {
      throw line.wrong("write the whole path instead of the home of another user: " + text);
    }
    return Path.of(text);
  }
}
