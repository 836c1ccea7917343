package dev.slipway.host.appspec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads values that must be lists. */
final class Lists {

  private Lists() {}

  /** Returns the items; none when the value is absent, null or an empty map. */
  static List<Node> of(@Nullable Node node, KeyPath path, String expected, Problems problems) {
    if (node == null || Nodes.isNil(node)) {
      return List.of();
    }
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        problems.count(item, path);
      }
      return list.getValue();
    }
    if (!(node instanceof MappingNode map) || !map.getValue().isEmpty()) {
      problems.error(
          node,
          path,
          Wrong.kind(path, expected, node),
          node instanceof MappingNode
              ? "Put a dash before the first key of each entry."
              : "Write one item per line, each after a dash, or all in brackets.");
    }
    return List.of();
  }
}
