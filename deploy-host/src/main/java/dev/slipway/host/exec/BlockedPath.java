package dev.slipway.host.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keeps an account from running a script: the first directory on the way to it that the
 * account may not enter, or the script itself. Judged by owners and modes alone; an access control
 * list may give more.
 */
final class BlockedPath {

  private static final int ENTER = 01;
  private static final int READ_AND_RUN = 05;

  private BlockedPath() {}

  /**
   * Who wants to run something.
   *
   * @param user the user id
   * @param groups the ids of all its groups
   */
  record Ids(int user, Set<Integer> groups) {

    /** Asks the account database; nothing when there is no such account. */
    static Optional<Ids> of(String account) throws IOException {
      Tool.Result user = Tool.runWithoutInterruption(List.of("id", "-u", "--", account));
      Tool.Result groups = Tool.runWithoutInterruption(List.of("id", "-G", "--", account));
      // Both may be told along with warnings of whoever keeps the accounts.
      String ids = user.output().strip() + "\n" + groups.output().strip();
      if (!ids.matches("[0-9]{1,9}\n[0-9]{1,9}( [0-9]{1,9})*")) {
        return Optional.empty();
      }
      return Optional.of(
          new Ids(
              Integer.parseInt(user.output().strip()),
              Arrays.stream(groups.output().strip().split(" ", -1))
                  .map(Integer::valueOf)
                  .collect(Collectors.toSet())));
    }

    boolean may(int bits, int mode, int owner, int group) {
      int own = owner == user ? mode >> 6 : groups.contains(group) ? mode >> 3 : mode;
      return user == 0 || (own & bits) == bits;
    }
  }

  /** Returns a sentence that names what is in the way of the script; nothing when nothing is. */
  static Optional<String> sentence(String account, Path script) throws IOException {
    Optional<Ids> ids = Ids.of(account);
    return ids.isEmpty()
        ? Optional.empty()
        : find(ids.get(), script)
            .map(
                path ->
                    path.equals(script)
                        ? "the account " + account + " may not read and run " + path
                        : "the account " + account + " may not enter the directory " + path);
  }

  static Optional<Path> find(Ids ids, Path script) throws IOException {
    Path at = script.getRoot();
    for (Path part : script) {
      if (at != null && !may(ids, ENTER, at)) {
        return Optional.of(at);
      }
      at = at == null ? part : at.resolve(part);
    }
    return may(ids, READ_AND_RUN, script) ? Optional.empty() : Optional.of(script);
  }

  private static boolean may(Ids ids, int bits, Path path) throws IOException {
    Map<String, Object> about = Files.readAttributes(path, "unix:mode,uid,gid");
    return ids.may(
        bits,
        (Integer) about.getOrDefault("mode", 0),
        (Integer) about.getOrDefault("uid", 0),
        (Integer) about.getOrDefault("gid", 0));
  }
}
