package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The account that this process runs as. */
final class Account {

  /** The place of the home directory in an entry of the account database. */
  private static final int HOME = 5;

  private Account() {}

  /** Returns the user id. */
  static int uid() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** Returns the home directories of those accounts that there are; the empty name is our own. */
  static Map<String, String> homes(Set<String> names) throws IOException {
    Map<String, String> homes = new TreeMap<>();
    for (String name : names) {
      String key = name.isEmpty() ? Integer.toString(uid()) : name;
      Tool.Result entry = Tool.runWithoutInterruption(List.of("getent", "passwd", key));
      String[] fields = entry.output().split(":", -1);
      if (entry.status() == 0 && fields.length > HOME) {
        homes.put(name, fields[HOME]);
      }
    }
    return homes;
  }
}
