package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Trees of files for tests: random ones from a seed, and what is in one as text. */
final class TestTree {

  private static final List<String> NAMES =
      List.of(
          "a",
          "b.txt",
          "with blank",
          " ",
          "new\nline",
          "-rf",
          "--help",
          "...",
          "..x",
          ".hidden",
          "ünïcödé",
          "日本語",
          "\uD83D\uDE80 rocket",
          "quote'\"",
          "star*?[x]",
          "back\\slash",
          "$HOME;`id`",
          "tab\there",
          "n".repeat(101),
          "é".repeat(120),
          "C:",
          "~");
  private static final int[] FILE_MODES = {0644, 0755, 0600, 0400, 0777, 0640};
  private static final int[] DIRECTORY_MODES = {0755, 0700, 0775, 0500, 01777};

  private TestTree() {}

  /** Fills an existing directory. */
  static void fill(Path directory, long seed) throws IOException {
    Random random = new Random(seed);
    fill(directory, random, 1 + random.nextInt(4));
  }

  private static void fill(Path directory, Random random, int depth) throws IOException {
    List<String> names = new ArrayList<>(NAMES);
    java.util.Collections.shuffle(names, random);
    for (String name : names.subList(0, random.nextInt(6))) {
      Path child = directory.resolve(name);
      int kind = random.nextInt(depth > 0 ? 10 : 7);
      if (kind < 5) {
        byte[] bytes =
            new byte[random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(600)];
        random.nextBytes(bytes);
        Files.write(child, bytes);
        UnixFiles.setMode(child, FILE_MODES[random.nextInt(FILE_MODES.length)]);
      } else if (kind < 7) {
        Files.createSymbolicLink(child, Path.of(names.get(random.nextInt(names.size()))));
      } else {
        Files.createDirectory(child);
        fill(child, random, depth - 1);
        UnixFiles.setMode(child, DIRECTORY_MODES[random.nextInt(DIRECTORY_MODES.length)]);
      }
      FileTime modified =
          FileTime.from(java.time.Instant.ofEpochSecond(random.nextInt(2_000_000_000)));
      Files.getFileAttributeView(child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(modified, null, null);
    }
  }

  /** Returns each path with its kind, mode, time, and content or target. */
  static Map<String, String> describe(Path directory) throws IOException {
    Map<String, String> described = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (!path.equals(directory)) {
          described.put(directory.relativize(path).toString(), describeOne(path));
        }
      }
    }
    return described;
  }

  private static String describeOne(Path path) throws IOException {
    UnixFiles.Status status = UnixFiles.status(path).orElseThrow();
    long seconds =
        Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant().getEpochSecond();
    String mode = Integer.toOctalString(status.permissions());
    if (status.isLink()) {
      return "link " + seconds + " to " + Files.readSymbolicLink(path);
    }
    return status.isDirectory()
        ? "directory " + mode + " " + seconds
        : "file " + mode + " " + seconds + " " + status.size() + " " + content(path);
  }

  private static String content(Path path) throws IOException {
    return Files.isReadable(path) ? hash(Files.readAllBytes(path)) : "unreadable";
  }

  /** Lets this process look into all directories of a tree. */
  static void open(Path directory) throws IOException {
    UnixFiles.setMode(directory, 0700);
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.toList()) {
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          open(child);
        }
      }
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
          .substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
