package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Lets the entries of one bundle through, or refuses the bundle: the only place that decides. */
final class IntakeGate {

  private static final char NOT_UTF_8 = '\uFFFD';
  private static final int MOST_NAME_BYTES = 255;

  private final String bundle;
  private final IntakeOptions options;
  private final long mostBytesByExpansion;
  private long entries;
  private long bytes;

  private IntakeGate(String bundle, IntakeOptions options, long mostBytesByExpansion) {
    this.bundle = bundle;
    this.options = options;
    this.mostBytesByExpansion = mostBytesByExpansion;
  }

  /** Returns the gate for a bundle, which may turn out not to be there. */
  static IntakeGate of(Path bundle, BundleType type, IntakeOptions options) throws IOException {
    boolean bounded = type != BundleType.DIRECTORY && Files.isRegularFile(bundle);
    return new IntakeGate(
        bundle.toString(),
        options,
        bounded ? mostBytes(Files.size(bundle), options.limits().expansion()) : Long.MAX_VALUE);
  }

  private static long mostBytes(long archiveBytes, int expansion) {
    return archiveBytes > (Long.MAX_VALUE - IntakeLimits.FREE_EXPANSION_BYTES) / expansion
        ? Long.MAX_VALUE
        : archiveBytes * expansion + IntakeLimits.FREE_EXPANSION_BYTES;
  }

  IntakeOptions options() {
    return options;
  }

  /** Returns the exception that refuses the bundle. */
  RevisionException refusal(String why) {
    return new RevisionException(bundle + ": " + why);
  }

  /** Returns the exception for a bundle that cannot be read as what it should be. */
  RevisionException damage(String what, Throwable cause) {
    if (cause instanceof ClosedByInterruptException) {
      return new RevisionException(bundle + ": reading it was interrupted", cause);
    }
    String why = cause.getMessage();
    return new RevisionException(
        bundle + ": " + what + (why == null ? "" : " (" + quotable(why) + ")"), cause);
  }

  /** Returns the safe path of a tar entry, or of an entry of a directory. */
  String path(String name) {
    return safe(name, name);
  }

  /** Returns the safe path of a zip entry, whose {@code ..} parts may be left off by choice. */
  String zipPath(String name) {
    if (!options.chose(IntakeChoice.STRIP_UNSAFE_PATHS)) {
      return safe(name, name);
    }
    StringBuilder kept = new StringBuilder();
    for (String part : name.split("/", -1)) {
      if (!part.equals("..")) {
        kept.append(part).append('/');
      }
    }
    return safe(name, kept.toString());
  }

  private String safe(String name, String path) {
    checkText("the entry", name, path);
    if (path.startsWith("/") && !options.chose(IntakeChoice.STRIP_UNSAFE_PATHS)) {
      throw refusal(
          "the entry " + quote(name) + " has an absolute path; an entry's path is relative");
    }
    StringBuilder safe = new StringBuilder(path.length());
    int depth = 0;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        throw refusal(
            "the entry " + quote(name) + " has .. in its path, which could lead out of the bundle");
      }
      if (part.length() * 3 > MOST_NAME_BYTES && part.getBytes(UTF_8).length > MOST_NAME_BYTES) {
        throw refusal(
            "the entry " + quote(name) + " has a name of more than " + MOST_NAME_BYTES + " bytes");
      }
      safe.append(depth++ == 0 ? "" : "/").append(part);
    }
    if (depth > options.limits().depth()) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "the entry %s is %,d levels deep; at most %,d are allowed",
              quote(name),
              depth,
              options.limits().depth()));
    }
    return safe.toString();
  }

  private void checkText(String what, String name, String text) {
    int most = options.limits().pathBytes();
    if (text.length() > most || (text.length() * 3L > most && text.getBytes(UTF_8).length > most)) {
      throw tooLong(what, name);
    }
    if (text.indexOf('\0') >= 0) {
      throw refusal(what + " " + quote(name) + " has a zero byte in its name");
    }
    if (text.indexOf(NOT_UTF_8) >= 0) {
      throw notUtf8(name);
    }
  }

  private RevisionException tooLong(String what, String name) {
    return refusal(
        String.format(
            Locale.ROOT,
            "%s %s is longer than %,d bytes",
            what,
            quote(name),
            options.limits().pathBytes()));
  }

  /** Returns the refusal of a name whose bytes are not UTF-8. */
  RevisionException notUtf8(String name) {
    return refusal("the entry " + quote(name) + " has a name or target that is not UTF-8");
  }

  /** Refuses a symbolic link whose target has too many bytes to be read at all. */
  void checkTargetSize(String path, long bytes) {
    if (bytes > options.limits().pathBytes()) {
      throw tooLong("the target of the link", path);
    }
  }

  /** Returns the target of a symbolic link, its doubled and trailing slashes taken off. */
  String linkTarget(String path, String target) {
    if (target.isEmpty()) {
      throw refusal("the link " + quote(path) + " has no target");
    }
    checkText("the target of the link", path, target);
    if (options.chose(IntakeChoice.REFUSE_OUTWARD_LINKS) && leadsOut(path, target)) {
      throw refusal(
          "the link " + quote(path) + " to " + quote(target) + " leads out of the bundle");
    }
    String single = target.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }

  private static boolean leadsOut(String path, String target) {
    int depth = EntryPaths.depth(EntryPaths.parent(path));
    boolean out = target.startsWith("/");
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        out |= --depth < 0;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
    }
    return out;
  }

  /** Returns the mode that a file of an archive gets. */
  int fileMode(int mode) {
    int all = mode & 07777;
    return options.chose(IntakeChoice.KEEP_SET_ID_BITS) ? all : all & 01777;
  }

  /** Returns the owner that an entry of an archive gets. */
  Owner owner(Owner owner) {
    return options.chose(IntakeChoice.IGNORE_OWNERS) ? Owner.UNNAMED : owner;
  }

  /** Counts an entry. */
  void countEntry() {
    if (++entries > options.limits().entries()) {
      throw refusal(
          String.format(
              Locale.ROOT, "it has more than the %,d entries allowed", options.limits().entries()));
    }
  }

  /** Counts unpacked bytes. */
  void countBytes(long more) {
    bytes += more;
    if (bytes > options.limits().bytes()) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "it unpacks to more than the %,d bytes allowed",
              options.limits().bytes()));
    }
    if (bytes > mostBytesByExpansion) {
      throw refusal(
          String.format(
              Locale.ROOT,
              "it unpacks to more than %,d times its own size; a decompression bomb does that",
              options.limits().expansion()));
    }
  }

  /**
   * Decides about a device, pipe or socket.
   *
   * @return true if it is to be left out
   */
  boolean skipsSpecial(String path, String what) {
    if (!options.chose(IntakeChoice.SKIP_SPECIAL_FILES)) {
      throw refusal(
          "the entry "
              + quote(path)
              + " is a "
              + what
              + "; a bundle has regular files, directories and symbolic links only");
    }
    return true;
  }

  /** Returns a name in quotes, short and in one line whatever it holds. */
  static String quote(String name) {
    return '"' + quotable(name) + '"';
  }

  private static String quotable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(200)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.length() < text.length() && text.length() > 200 ? shown + "..." : shown.toString();
  }
}
