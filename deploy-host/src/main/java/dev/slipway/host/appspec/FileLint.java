package dev.slipway.host.appspec;

import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.host.bundle.EntryKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Says what of the files will hardly work as meant. */
final class FileLint {

  private final OperatingSystem os;
  private final BundleLint bundle;
  private final Problems problems;
  private final Map<FileMapping, Integer> seen = new HashMap<>();

  FileLint(OperatingSystem os, BundleLint bundle, Problems problems) {
    this.os = os;
    this.bundle = bundle;
    this.problems = problems;
  }

  /** Warns about one entry that was read well. */
  void file(Entries entry, FileMapping file, KeyPath path) {
    KeyLint.check(entry, KeyLint.Section.FILE, path, problems);
    Node source = entry.get("source");
    Node destination = entry.get("destination");
    if (source == null || destination == null) {
      return;
    }
    Node exclude = entry.get("exclude");
    if (exclude != null) {
      problems.note(
          exclude,
          path.child("exclude"),
          "CodeDeploy's agent does not know this key, and installs what it leaves out here.");
    }
    if (os == OperatingSystem.WINDOWS) {
      source(source, file.source().replace('\\', '/'), path.child("source"));
      return;
    }
    EntryKind kind = source(source, file.source(), path.child("source"));
    destination(destination, file, kind, path.child("destination"));
    if (exclude != null && kind == EntryKind.FILE && !file.exclude().isEmpty()) {
      problems.mistake(
          exclude, path.child("exclude"), "The source is a file: there is nothing to leave out.");
    }
    twice(entry.at(), file, path);
  }

  private @Nullable EntryKind source(Node node, String source, KeyPath path) {
    if (LexicalPath.resolve(source) == null) {
      problems.mistake(
          node, path, "It leads out of the bundle, and nothing is installed from there.");
      return null;
    }
    if (!bundle.isKnown() && source.chars().anyMatch(c -> "*?[".indexOf(c) >= 0)) {
      problems.warning(
          node,
          path,
          "A source is no pattern: a file of exactly this name is looked for. Name a directory to"
              + " install all that is in it.");
    }
    return bundle.source(node, source, path);
  }

  private void destination(Node node, FileMapping file, @Nullable EntryKind kind, KeyPath path) {
    String destination = file.destination();
    if (LexicalPath.resolve(destination) == null) {
      problems.mistake(node, path, "It climbs above its own start with \"..\".");
    } else if (destination.startsWith("~")) {
      problems.warning(
          node,
          path,
          "A ~ is the home directory of an account here, but CodeDeploy's agent then tries to make"
              + " that directory, and fails at Install. Write it out.");
    } else if (!destination.startsWith("/")) {
      problems.warning(
          node,
          path,
          "It is relative to the working directory of the agent, whatever that is. Write an"
              + " absolute path.");
    } else if (destination.contains("$")) {
      problems.warning(node, path, "Variables are not expanded here. Write the path out.");
    }
    String name = LexicalPath.name(file.source());
    boolean looksLikeFile = kind == EntryKind.FILE || (kind == null && name.contains("."));
    if (looksLikeFile && !name.isEmpty() && LexicalPath.name(destination).equals(name)) {
      problems.warning(
          node,
          path,
          "A destination is always a directory, so the file becomes "
              + RubyText.shown(destination + "/" + name)
              + ". Drop the name.");
    }
  }

  private void twice(Node node, FileMapping file, KeyPath path) {
    String source = LexicalPath.resolve(file.source());
    String destination = LexicalPath.resolve(file.destination());
    if (source == null || destination == null) {
      return;
    }
    int line = node.getStartMark().getLine() + 1;
    Integer before = seen.putIfAbsent(new FileMapping(source, destination), line);
    if (before != null) {
      problems.mistake(
          node,
          path,
          "The entry in line " + before + " installs the same to the same place: Install fails.");
    }
  }
}
