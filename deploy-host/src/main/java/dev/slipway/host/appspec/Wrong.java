package dev.slipway.host.appspec;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Our own messages for what makes CodeDeploy's agent fail with words of its interpreter. */
final class Wrong {

  private Wrong() {}

  /** Returns the message for a value of the wrong kind. */
  static String kind(KeyPath path, String expected, Node found) {
    return kind(path.toString(), expected, found);
  }

  static String kind(String what, String expected, Node found) {
    return "The deployment failed because "
        + what
        + " in the application specification file must be "
        + expected
        + ", but is "
        + describe(found)
        + ".";
  }

  private static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "a map";
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    Scalar scalar = Nodes.scalarOrNull(node);
    return scalar == null || scalar instanceof Scalar.Nil
        ? "nothing"
        : "the " + scalar.kind() + " " + RubyText.shown(scalar.inspect());
  }
}
