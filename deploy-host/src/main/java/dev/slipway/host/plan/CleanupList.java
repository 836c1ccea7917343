package dev.slipway.host.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an install has created, in order of creation. The next install of the same group removes it
 * in reverse order.
 *
 * @param entries the entries, in the order of creation
 */
public record CleanupList(List<Entry> entries) {

  /** Nothing to remove. */
  public static final CleanupList EMPTY = new CleanupList(List.of());

  private static final String SEMANAGE = "semanage\0";

  /**
   * One entry.
   *
   * @param kind what is undone
   * @param path the absolute path
   */
  public record Entry(Kind kind, String path) {

    /** Returns the line of the cleanup file, with its newline. */
    public String line() {
      return switch (kind) {
        case PATH -> path + "\n";
        case CONTEXT -> SEMANAGE + path + "\n";
      };
    }
  }

  /** What an entry undoes. */
  public enum Kind {
    /** A file, link or directory; a directory only when it is empty. */
    PATH,
    /** An SELinux file context. */
    CONTEXT
  }

  /** Copies the entries in. */
  public CleanupList {
    entries = List.copyOf(entries);
  }

  /** Returns the entries in the order in which they are removed. */
  public List<Entry> inRemovalOrder() {
    List<Entry> reversed = new ArrayList<>(entries);
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }

  /**
   * Reads the text of a cleanup file. A last line without its newline is not trusted: whoever wrote
   * it was interrupted. Lines are taken as they are, so that no look-alike path is removed; lines
   * that name no absolute path are left out.
   */
  public static CleanupList parse(String text) {
    List<Entry> entries = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      String line = text.substring(start, end);
      start = end + 1;
      boolean context = line.startsWith(SEMANAGE);
      String path = context ? line.substring(SEMANAGE.length()) : line;
      if (path.startsWith("/") && path.indexOf('\0') < 0) {
        entries.add(new Entry(context ? Kind.CONTEXT : Kind.PATH, path));
      }
    }
    return new CleanupList(entries);
  }

  /** Returns the text of the cleanup file. */
  public String render() {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.line()));
    return text.toString();
  }
}
