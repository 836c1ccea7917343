package dev.slipway.transport.ssh;

import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.Pointers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of itself when the runner starts, and what of it changes later. For one thread.
 */
final class HostHello {

  private static final String LAST = "last_successful";
  private static final String RECENT = "most_recent";
  private static final String CURRENT = "current";

  private final TreeSet<String> tools = new TreeSet<>();
  private final Map<String, String> pointers = new HashMap<>();
  private final Map<String, byte[]> appSpecs = new HashMap<>();
  private long generation;
  private boolean greeted;
  private boolean ready;
  private boolean unpacked;
  private boolean distrusted;
  private String user = "";
  private String root = "";
  private String missing = "";
  private String agent = "";
  private String holder = "";
  private @Nullable String trouble;
  private byte[] cleanup = new byte[0];

  /**
   * Takes note of a frame; returns whether it was part of a greeting or of what follows an event.
   */
  boolean take(Message.Frame frame) {
    switch (frame.word()) {
      case "HELLO" -> greeted = true;
      case "USER" -> user = frame.text();
      case "ROOT" -> root = frame.text();
      case "HAS" -> tools.addAll(frame.arguments());
      case "GENERATION" -> generation = Long.parseLong(frame.argument(0));
      case "HOLDER" -> holder = frame.text();
      case "AGENT" -> agent = frame.argument(0);
      case "POINTER" -> pointers.put(frame.argument(0), Pointers.parse(frame.text()));
      case "ARCHIVE" -> {
        unpacked = true;
        appSpecs.remove(CURRENT);
      }
      case "GONE" -> {
        unpacked = false;
        appSpecs.remove(CURRENT);
      }
      case "APPSPEC" -> appSpecs.put(frame.argument(0), frame.payload());
      case "CLEANUP" -> cleanup = frame.payload();
      case "DISTRUSTED" -> distrusted = true;
      case "MISSING" -> missing = String.join(", ", frame.arguments());
      case "TROUBLE" -> trouble = frame.text();
      case "READY" -> ready = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  boolean isGreeted() {
    return greeted;
  }

  boolean isReady() {
    return ready;
  }

  /** Returns the account that the runner has. */
  String user() {
    return user;
  }

  /** Returns where deployments are on the host. */
  Layout layout() {
    return new Layout(root);
  }

  /** Returns the names of the tools that the runner cannot do without and the host lacks. */
  String missing() {
    return missing;
  }

  /** Returns the highest generation that has locked the group on the host; 0 for none. */
  long generation() {
    return generation;
  }

  /** Returns what went wrong on the host before an event could start, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Returns the process number of an agent of AWS that works on this root, or empty. */
  String agent() {
    return agent;
  }

  /** Returns the directory of the deployment of which the host knows what it holds, or empty. */
  String holder() {
    return holder;
  }

  boolean has(String tool) {
    return tools.contains(tool);
  }

  Pointers pointers() {
    return new Pointers(pointers.get(LAST), pointers.get(RECENT));
  }

  /** Returns whether the deployment's own revision is on the host. */
  boolean isUnpacked() {
    return unpacked;
  }

  /**
   * Returns the AppSpec of a revision that a pointer names or, for any other directory, of the
   * deployment's own.
   */
  Optional<byte[]> appSpecIn(String directory) {
    Pointers known = pointers();
    for (String name : List.of(LAST, RECENT)) {
      if (!unpacked
          && directory.equals(LAST.equals(name) ? known.lastSuccessful() : known.mostRecent())) {
        return Optional.ofNullable(appSpecs.get(name));
      }
    }
    return Optional.ofNullable(appSpecs.get(CURRENT));
  }

  /** Returns the list of what the last install has created. */
  byte[] cleanup() {
    return cleanup.clone();
  }

  /** Returns whether somebody else could have written that list. */
  boolean isCleanupDistrusted() {
    return distrusted;
  }
}
