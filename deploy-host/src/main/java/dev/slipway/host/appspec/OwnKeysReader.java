package dev.slipway.host.appspec;

import dev.slipway.appspec.HookScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the keys that CodeDeploy does not have. Their values are taken as they are written: {@code
 * 0644} and {@code yes} are these texts, with quotes and without.
 */
final class OwnKeysReader {

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  private final Problems problems;

  OwnKeysReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns the arguments of a script. */
  List<String> arguments(@Nullable Node node, KeyPath path) {
    return texts(node, path, "a list of texts, one for each argument", "an argument");
  }

  /** Returns what an entry of {@code files} leaves out. */
  List<String> globs(@Nullable Node node, KeyPath path) {
    return texts(node, path, "a list of globs", "a glob");
  }

  private List<String> texts(@Nullable Node node, KeyPath path, String list, String one) {
    List<Node> items = Lists.of(node, path, list, problems);
    List<String> texts = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String text = asWritten(items.get(i), path.item(i), one);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Returns the variables of a script. */
  Map<String, String> environment(@Nullable Node node, KeyPath path) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (node == null || Nodes.isNil(node)) {
      return variables;
    }
    if (!(node instanceof MappingNode map)) {
      problems.error(
          node,
          path,
          Wrong.kind(path, "a map from names to values", node),
          "Write one \"NAME: value\" per line.");
      return variables;
    }
    Entries entries = Entries.of(map, path, problems);
    entries.named().forEach((name, entry) -> variable(name, entry, path.child(name), variables));
    for (Entries.Entry entry : entries.nameless()) {
      problems.error(
          entry.key(),
          path,
          Wrong.kind("a name in " + path, "a text", entry.key()),
          "Put it in quotes to make it one.");
    }
    return variables;
  }

  private void variable(
      String name, Entries.Entry entry, KeyPath path, Map<String, String> variables) {
    if (!name.matches(NAME)) {
      problems.error(
          entry.key(),
          path,
          Wrong.kind("a name in environment", "letters, digits and _", entry.key()));
      return;
    }
    if (HookScript.isReserved(name)) {
      problems.mistake(
          entry.key(), path, "The deployment sets this variable; no AppSpec can set it.");
    }
    String value = asWritten(entry.value(), path, "a value");
    if (value != null) {
      variables.put(name, value);
    }
  }

  private @Nullable String asWritten(Node node, KeyPath path, String what) {
    if (!(node instanceof ScalarNode scalar) || Nodes.isNil(node)) {
      problems.error(
          node,
          path,
          Wrong.kind(path, "a text", node),
          Nodes.isNil(node) ? "Write \"\" for an empty one." : "");
      return null;
    }
    if (scalar.getValue().indexOf('\0') >= 0) {
      problems.error(
          node,
          path,
          "The deployment failed because "
              + path
              + " holds a zero byte, which "
              + what
              + " cannot have.");
      return null;
    }
    return scalar.getValue();
  }
}
