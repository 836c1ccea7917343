package dev.slipway.host.plan;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.Permission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where paths of an AppSpec are on a host.
 *
 * <p>A path that begins with {@code ~} starts at a home directory, {@code ~name} at that of an
 * account; which ones an AppSpec needs, {@link #homesIn} says.
 *
 * @param hostRoot what is put before every destination, permission object and the deployment root,
 *     so that one machine can be many hosts; empty for none, else an absolute path without a slash
 *     at its end. It is no chroot: scripts see the machine's own root and get the prefix in {@link
 *     ScriptVariables#HOST_ROOT}
 * @param workingDirectory what relative destinations start from, absolute
 * @param homes home directories by account name; the empty name is the account that deploys
 */
public record HostPaths(String hostRoot, String workingDirectory, Map<String, String> homes) {

  /** A machine that is one host, with relative paths starting at the root. */
  public static final HostPaths PLAIN = new HostPaths("", "/", Map.of());

  /** Refuses relative paths, and copies the homes in. */
  public HostPaths {
    hostRoot = hostRoot.equals("/") ? "" : hostRoot;
    if (!hostRoot.isEmpty() && (!hostRoot.startsWith("/") || hostRoot.endsWith("/"))) {
      throw new IllegalArgumentException(
          "host root must be empty or absolute without a slash at its end, but was " + hostRoot);
    }
    if (!workingDirectory.startsWith("/")) {
      throw new IllegalArgumentException(
          "working directory must be absolute, but was " + workingDirectory);
    }
    homes = Map.copyOf(homes);
  }

  /** Returns these paths with home directories. */
  public HostPaths withHomes(Map<String, String> others) {
    return new HostPaths(hostRoot, workingDirectory, others);
  }

  /** Returns the accounts whose home directories an AppSpec's paths need. */
  public static NavigableSet<String> homesIn(AppSpec appSpec) {
    return Stream.concat(
            appSpec.files().stream().map(FileMapping::destination),
            appSpec.permissions().stream().map(Permission::object))
        .filter(path -> path.startsWith("~"))
        .map(HostPaths::accountOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String accountOf(String path) {
    int slash = path.indexOf('/');
    return path.substring(1, slash < 0 ? path.length() : slash);
  }

  /**
   * Returns the absolute path, without {@code .} and {@code ..}, of what an AppSpec names.
   *
   * @throws InstallRefusedException when it names the home of an account that is not there
   */
  public String place(String written) {
    String absolute = written.startsWith("/") ? written : workingDirectory + "/" + written;
    if (written.startsWith("~")) {
      String account = accountOf(written);
      String home = homes.get(account);
      if (home == null) {
        throw new InstallRefusedException("user " + account + " doesn't exist");
      }
      absolute = home + written.substring(1 + account.length());
    }
    String normal = normalise(absolute);
    return normal.equals("/") && !hostRoot.isEmpty() ? hostRoot : hostRoot + normal;
  }

  /** Returns an absolute path without empty parts, {@code .} and {@code ..}. */
  static String normalise(String absolute) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : absolute.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** Returns the directory of an absolute normalised path; {@code /} is its own. */
  static String parentOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
