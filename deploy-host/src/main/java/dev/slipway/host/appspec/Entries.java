package dev.slipway.host.appspec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The entries of a YAML map by name, as the agent sees them: of equal keys the last one counts, and
 * {@code <<} overrides what stands before it.
 *
 * @param at the map itself
 * @param named the entries whose keys are texts, in the order of the file
 * @param nameless the entries whose keys are something else, such as {@code on} or {@code 5}
 */
record Entries(Node at, Map<String, Entry> named, List<Entry> nameless) {

  /** How deep maps may be merged into each other; a map that merges itself has no end. */
  private static final int MOST_MERGES = 20;

  /**
   * One entry.
   *
   * @param key where the key stands
   * @param value the value
   * @param merged whether it came through {@code <<}
   */
  record Entry(Node key, Node value, boolean merged) {}

  static Entries of(MappingNode map, KeyPath path, Problems problems) {
    Entries entries = new Entries(map, new LinkedHashMap<>(), new ArrayList<>());
    entries.addAll(map, path, problems, 0);
    return entries;
  }

  /** Returns the value, or null when there is none. */
  @Nullable Node get(String name) {
    Entry entry = named.get(name);
    return entry == null ? null : entry.value();
  }

  private void addAll(MappingNode map, KeyPath path, Problems problems, int depth) {
    if (depth > MOST_MERGES) {
      throw problems.fatal(
          map, path, "The deployment failed because a map is merged into itself with <<.");
    }
    for (NodeTuple tuple : map.getValue()) {
      Node key = tuple.getKeyNode();
      problems.count(key, path);
      if (Nodes.scalarOrNull(key) instanceof Scalar.Str name) {
        if (name.text().equals("<<") && isMergeable(tuple.getValueNode())) {
          merge(tuple.getValueNode(), path, problems, depth);
        } else {
          add(name.text(), new Entry(key, tuple.getValueNode(), depth > 0), path, problems);
        }
      } else {
        nameless.add(new Entry(key, tuple.getValueNode(), depth > 0));
      }
    }
  }

  private void add(String name, Entry entry, KeyPath path, Problems problems) {
    Entry before = named.put(name, entry);
    if (before == null || before.merged()) {
      return;
    }
    int line = before.key().getStartMark().getLine() + 1;
    problems.warning(
        entry.merged() ? before.key() : entry.key(),
        path.child(name),
        entry.merged()
            ? "The << behind this key overrides it: CodeDeploy's agent merges in the order of the"
                + " file. Put << first."
            : "This key stands in line "
                + line
                + " too. The last one counts; CodeDeploy's agent 2.x refuses the file.");
  }

  private static boolean isMergeable(Node value) {
    return value instanceof MappingNode
        || (value instanceof SequenceNode list
            && list.getValue().stream().allMatch(MappingNode.class::isInstance));
  }

  /** Merges a map, or several of which the first one counts most. */
  private void merge(Node value, KeyPath path, Problems problems, int depth) {
    if (value instanceof MappingNode map) {
      addAll(map, path, problems, depth + 1);
    } else if (value instanceof SequenceNode list) {
      for (int i = list.getValue().size() - 1; i >= 0; i--) {
        addAll((MappingNode) list.getValue().get(i), path, problems, depth + 1);
      }
    }
  }
}
