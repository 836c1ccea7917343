package dev.slipway.host.appspec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** The types of YAML nodes: which scalar is what. */
final class Nodes {

  /** Marks a scalar without quotes and without a tag, whose type is in its text. */
  private static final Tag PLAIN = new Tag("tag:slipway.dev,2026:plain");

  private Nodes() {}

  /** Leaves the type of scalars open: {@link ScalarResolver} finds it, by other rules. */
  static final class OpenResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {}

    @Override
    public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
      return switch (kind) {
        case scalar -> implicit ? PLAIN : Tag.STR;
        case sequence -> Tag.SEQ;
        case mapping -> Tag.MAP;
        case anchor -> Tag.STR;
      };
    }
  }

  /** Returns the value of a scalar. */
  static Scalar scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String value = node.getValue();
    if (tag.equals(PLAIN)) {
      return ScalarResolver.plain(value);
    }
    if (tag.equals(Tag.STR)) {
      return new Scalar.Str(value);
    }
    return tagged(tag.getValue(), value);
  }

  private static Scalar tagged(String tag, String value) {
    return switch (tag) {
      case "tag:yaml.org,2002:str", "!str", "!ruby/string" -> new Scalar.Str(value);
      case "!binary", "tag:yaml.org,2002:binary" -> binary(value);
      case "tag:yaml.org,2002:float", "!float" -> toReal(ScalarResolver.plain(value));
      case "!ruby/sym", "!ruby/symbol" -> new Scalar.Symbol(value);
      default ->
          isForeign(tag)
              ? new Scalar.Refused(value, "has the tag " + tag + ", which an AppSpec cannot hold")
              : ScalarResolver.plain(value);
    };
  }

  /** Returns whether the tag asks for an object of the agent's language. */
  static boolean isForeign(String tag) {
    return tag.startsWith("!ruby/")
        || tag.startsWith("!str:")
        || tag.startsWith("!seq:")
        || tag.startsWith("!map:")
        || tag.startsWith("tag:ruby.yaml.org");
  }

  private static Scalar binary(String value) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(value);
      return new Scalar.Str(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return new Scalar.Refused(value, "is no base64");
    }
  }

  private static Scalar toReal(Scalar scalar) {
    if (scalar instanceof Scalar.Int number) {
      return new Scalar.Real(number.value().doubleValue());
    }
    return scalar instanceof Scalar.Real
        ? scalar
        : new Scalar.Refused(scalar.text(), "is no number, but is tagged as one");
  }

  /** Returns the value when the node is a scalar, else null. */
  static @Nullable Scalar scalarOrNull(Node node) {
    return node instanceof ScalarNode scalar ? scalar(scalar) : null;
  }

  /** Returns whether the node is absent or null. */
  static boolean isNil(@Nullable Node node) {
    return node == null || scalarOrNull(node) instanceof Scalar.Nil;
  }
}
