package dev.slipway.host.appspec;

import dev.slipway.appspec.FileMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code files}: what of the bundle goes where. */
final class FilesReader {

  private final FileLint lint;
  private final Problems problems;
  private final OwnKeysReader own;

  FilesReader(FileLint lint, Problems problems) {
    this.lint = lint;
    this.problems = problems;
    this.own = new OwnKeysReader(problems);
  }

  /** Returns the mappings in the order of the file. */
  List<FileMapping> read(@Nullable Node node) {
    KeyPath path = KeyPath.TOP.child("files");
    List<Node> entries =
        Lists.of(node, path, "a list of maps with source and destination", problems);
    List<FileMapping> files = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      FileMapping file = readEntry(entries.get(i), path.item(i));
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  private @Nullable FileMapping readEntry(Node node, KeyPath path) {
    if (!(node instanceof MappingNode map)) {
      problems.error(
          node,
          path,
          Nodes.scalarOrNull(node) instanceof Scalar.Str
              ? AgentMessages.noSource()
              : Wrong.kind(path, "a map with source and destination", node));
      return null;
    }
    int errors = problems.errors();
    Entries entry = Entries.of(map, path, problems);
    Node source = entry.get("source");
    if (source == null || Nodes.isNil(source)) {
      problems.error(
          source == null ? node : source, path.child("source"), AgentMessages.noSource());
      return null;
    }
    Node destination = entry.get("destination");
    if (destination == null || Nodes.isNil(destination)) {
      problems.error(
          destination == null ? node : destination,
          path.child("destination"),
          AgentMessages.noDestination(RubyText.shown(RubyText.text(source))));
      return null;
    }
    FileMapping file =
        new FileMapping(
            readPath(source, path.child("source")),
            readPath(destination, path.child("destination")),
            own.globs(entry.get("exclude"), path.child("exclude")));
    if (problems.errors() == errors) {
      lint.file(entry, file, path);
    }
    return file;
  }

  /** Returns the path as text; one that is no text stops {@code Install}, and only that. */
  private String readPath(Node node, KeyPath path) {
    if (!(Nodes.scalarOrNull(node) instanceof Scalar.Str)) {
      problems.errorAtInstall(
          node, path, Wrong.kind(path, "a text", node), "Put it in quotes to make it one.");
    }
    return RubyText.text(node);
  }
}
