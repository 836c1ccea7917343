package dev.slipway.transport.ssh;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;

/**
 * Files with the keys of hosts, in OpenSSH's form. Each is read once and again when it has changed.
 * Thread-safe; guarded by its own monitor.
 */
final class KnownHosts {

  private record Read(FileTime at, List<Line> lines) {}

  /**
   * A line that knows a host.
   *
   * @param entry what it says
   * @param text the line itself
   * @param where its file and number
   */
  record Line(KnownHostEntry entry, String text, String where) {}

  private final Map<Path, Read> files = new HashMap<>();

  /** Returns the lines of all these files; a file that does not exist has none. */
  synchronized List<Line> in(List<Path> paths) {
    List<Line> lines = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isReadable(path)) {
        lines.addAll(read(path));
      }
    }
    return lines;
  }

  private List<Line> read(Path path) {
    try {
      FileTime now = Files.getLastModifiedTime(path);
      Read before = files.get(path);
      if (before != null && before.at().equals(now)) {
        return before.lines();
      }
      List<Line> lines = new ArrayList<>();
      int number = 0;
      for (String text : Files.readAllLines(path)) {
        number++;
        for (KnownHostEntry entry : new OpenSSHKnownHosts(new StringReader(text)).entries()) {
          lines.add(new Line(entry, text, path + ":" + number));
        }
      }
      files.put(path, new Read(now, List.copyOf(lines)));
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read as known hosts", e);
    }
  }

  /** Adds an entry to a file, which is made if there is none. */
  synchronized void add(Path path, String line) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    boolean begun = Files.exists(path) && Files.size(path) > 0;
    String before = begun && !Files.readString(path).endsWith("\n") ? "\n" : "";
    Files.writeString(
        path, before + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    files.remove(path);
  }
}
