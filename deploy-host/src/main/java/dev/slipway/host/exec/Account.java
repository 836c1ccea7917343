package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The account that this process runs as. */
final class Account {

  private Account() {}

  /** Returns the user id. */
  static int uid() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
