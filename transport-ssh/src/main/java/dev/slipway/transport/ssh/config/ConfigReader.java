package dev.slipway.transport.ssh.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads files with all that they include, and remembers what it has looked at. */
final class ConfigReader {

  /** What a file that is not there has for its last change. */
  static final FileTime ABSENT = FileTime.fromMillis(Long.MIN_VALUE);

  /** Their values are for a shell. */
  private static final Set<String> COMMANDS =
      Set.of("proxycommand", "localcommand", "remotecommand", "knownhostscommand");

  private static final int MOST_DEPTH = 16;
  private static final Path SYSTEM = Path.of("/etc/ssh");

  private final LocalAccount account;
  private final Map<Path, FileTime> seen = new HashMap<>();

  ConfigReader(LocalAccount account) {
    this.account = account;
  }

  /** Returns the files and directories that were looked at, and when each was last changed. */
  Map<Path, FileTime> seen() {
    return seen;
  }

  /** Returns the lines of a file; one that is not there has none. */
  List<ConfigLine> read(Path file) {
    return read(file.toAbsolutePath(), 0);
  }

  private List<ConfigLine> read(Path file, int depth) {
    see(file);
    String text;
    try {
      text = Files.readString(file, UTF_8);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read as a configuration of SSH: " + e, e);
    }
    List<ConfigLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String said = line.strip();
      if (!said.isEmpty() && !said.startsWith("#")) {
        lines.add(line(file, number, said, depth));
      }
    }
    return lines;
  }

  private ConfigLine line(Path file, int number, String said, int depth) {
    int end = 0;
    while (end < said.length() && !Words.isBlank(said.charAt(end)) && said.charAt(end) != '=') {
      end++;
    }
    String key = said.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = said.substring(end).strip();
    String value = rest.startsWith("=") ? rest.substring(1).strip() : rest;
    List<String> arguments;
    try {
      arguments = COMMANDS.contains(key) && !value.isEmpty() ? List.of(value) : Words.of(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
    }
    ConfigLine line = new ConfigLine(file, number, key, arguments, List.of());
    if (arguments.isEmpty()) {
      throw line.wrong(key + " needs a value");
    }
    return key.equals("include")
        ? new ConfigLine(file, number, key, arguments, included(line, depth))
        : line;
  }

  private List<List<ConfigLine>> included(ConfigLine line, int depth) {
    if (depth == MOST_DEPTH) {
      throw line.wrong("files include each other more than " + MOST_DEPTH + " deep");
    }
    List<List<ConfigLine>> files = new ArrayList<>();
    for (String argument : line.arguments()) {
      for (Path file : named(line, argument)) {
        files.add(read(file, depth + 1));
      }
    }
    return files;
  }

  private List<Path> named(ConfigLine line, String argument) {
    Path from = line.file().startsWith(SYSTEM) ? SYSTEM : account.home().resolve(".ssh");
    Path path = from.resolve(account.path(argument, line));
    Path directory = path.getParent();
    Path name = path.getFileName();
    if (directory == null || name == null) {
      throw line.wrong("include needs a file, but is " + argument);
    }
    if (hasWildcard(directory)) {
      throw line.wrong("include takes wildcards in the name of a file only, but is " + argument);
    }
    if (!hasWildcard(name)) {
      return List.of(path);
    }
    String glob = name.toString();
    see(directory);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> matching = Files.newDirectoryStream(directory, glob)) {
      for (Path file : matching) {
        if (!String.valueOf(file.getFileName()).startsWith(".") || glob.startsWith(".")) {
          found.add(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw line.wrong(directory + " cannot be read: " + e);
    }
    Collections.sort(found);
    return found;
  }

  private static boolean hasWildcard(Path path) {
    return path.toString().chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
  }

  private void see(Path path) {
    seen.put(path, lastChange(path));
  }

  static FileTime lastChange(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      return ABSENT;
    }
  }
}
