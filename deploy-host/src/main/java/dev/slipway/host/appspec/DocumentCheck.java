package dev.slipway.host.appspec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Looks at every node once, under keys that nobody reads too: the agent loads the whole document
 * before it looks at any key, so a date anywhere fails it.
 */
final class DocumentCheck {

  private final Problems problems;
  private final Set<Node> anchored = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> reported = Collections.newSetFromMap(new IdentityHashMap<>());

  DocumentCheck(Problems problems) {
    this.problems = problems;
  }

  void check(Node node, KeyPath path) {
    if (node.getAnchor() != null && !anchored.add(node)) {
      reportAlias(node, path);
      return;
    }
    if (Nodes.isForeign(node.getTag().getValue())
        && !(Nodes.scalarOrNull(node) instanceof Scalar.Symbol)) {
      refuse(node, path, "the tag " + node.getTag().getValue() + " is not allowed in an AppSpec.");
    } else if (node instanceof ScalarNode scalar) {
      checkScalar(scalar, path);
    } else if (node instanceof SequenceNode list) {
      List<Node> items = list.getValue();
      for (int i = 0; i < items.size(); i++) {
        check(items.get(i), path.item(i));
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        check(entry.getKeyNode(), path);
        check(
            entry.getValueNode(),
            entry.getKeyNode() instanceof ScalarNode key ? path.child(key.getValue()) : path);
      }
    }
  }

  private void checkScalar(ScalarNode node, KeyPath path) {
    if (Nodes.scalar(node) instanceof Scalar.Refused refused) {
      refuse(node, path, RubyText.shown(refused.text()) + " " + refused.reason() + ".");
    }
  }

  private void refuse(Node node, KeyPath path, String message) {
    problems.error(node, path, YamlDocument.PREFIX + message);
  }

  private void reportAlias(Node node, KeyPath path) {
    if (reported.add(node)) {
      problems.warning(
          node,
          path,
          "*"
              + node.getAnchor()
              + " is an alias. It works here, but CodeDeploy's agent fails on it when its Ruby is"
              + " 3.1 or newer: write the value out.");
    }
  }
}
