package dev.slipway.host.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where paths of an AppSpec are on a host.
 *
 * @param hostRoot what is put before every destination, permission object and the deployment root,
 *     so that one machine can be many hosts; empty for none, else an absolute path without a slash
 *     at its end. It is no chroot: scripts see the machine's own root and get the prefix in {@link
 *     ScriptVariables#HOST_ROOT}
 * @param workingDirectory what relative destinations start from, absolute
 */
public record HostPaths(String hostRoot, String workingDirectory) {

  /** A machine that is one host, with relative paths starting at the root. */
  public static final HostPaths PLAIN = new HostPaths("", "/");

  /** Refuses relative paths. */
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
  }

  /** Returns the absolute path, without {@code .} and {@code ..}, of what an AppSpec names. */
  public String place(String written) {
    String absolute = written.startsWith("/") ? written : workingDirectory + "/" + written;
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
