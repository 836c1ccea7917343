package dev.slipway.transport.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files with the keys of hosts, in OpenSSH's form. Each is read once and again when it has changed.
 * Thread-safe; guarded by its own monitor.
 */
final class KnownHosts {

  private record Read(FileTime at, List<KnownHost> lines) {}

  private final Map<Path, Read> files = new HashMap<>();

  /**
   * Returns the lines of all these files; a file that does not exist has none.
   *
   * @throws UncheckedIOException if one cannot be read: it may revoke a key, or have another one
   */
  synchronized List<KnownHost> in(List<Path> paths) {
    List<KnownHost> lines = new ArrayList<>();
    for (Path path : paths) {
      if (Files.exists(path)) {
        lines.addAll(read(path));
      }
    }
    return lines;
  }

  private List<KnownHost> read(Path path) {
    try {
      FileTime now = Files.getLastModifiedTime(path);
      Read before = files.get(path);
      if (before != null && before.at().equals(now)) {
        return before.lines();
      }
      List<KnownHost> lines = new ArrayList<>();
      int number = 0;
      for (String text : Files.readAllLines(path)) {
        number++;
        KnownHost.parse(text, path + ":" + number).ifPresent(lines::add);
      }
      files.put(path, new Read(now, List.copyOf(lines)));
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read as known hosts", e);
    }
  }

  /**
   * Adds an entry to a file, which is made if there is none; returns whether it was not there yet.
   */
  synchronized boolean add(Path path, String line) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    String text = Files.exists(path) ? Files.readString(path) : "";
    if (text.lines().anyMatch(line::equals)) {
      // Another connection to the same host was quicker.
      return false;
    }
    String before = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    Files.writeString(
        path, before + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    files.remove(path);
    return true;
  }
}
