package dev.slipway.provider.onprem.settings;

import dev.slipway.failure.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of a settings file, with its place. Asking for it as a type it does not have throws a
 * {@link RequestException} that names the place, the key, the value and what would be right.
 */
public final class Setting {

  private static final int LONGEST_QUOTE = 60;

  private final String file;
  private final String key;
  private final Node node;

  Setting(String file, String key, Node node) {
    this.file = file;
    this.key = key;
    this.node = node;
  }

  /** Returns the path of the key, such as {@code hosts[3].ssh.user}; empty at the top. */
  public String key() {
    return key;
  }

  /** Returns the file's name as the messages give it. */
  public String file() {
    return file;
  }

  /** Returns the line, from 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  /** Returns the column, from 1. */
  public int column() {
    return node.getStartMark().getColumn() + 1;
  }

  /** Says whether this is a list. */
  public boolean isList() {
    return node.getNodeId() == NodeId.sequence;
  }

  /** Says whether this has keys of its own. */
  public boolean isSection() {
    return node.getNodeId() == NodeId.mapping;
  }

  /** Returns the keys under this one. */
  public Section section() {
    if (!isSection()) {
      throw wrong("must have keys of its own, but is " + shown());
    }
    return Section.of(this, node);
  }

  /** Returns the entries of this list; it may be empty. */
  public List<Setting> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong("must be a list, but is " + shown());
    }
    List<Setting> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Setting(file, key + "[" + items.size() + "]", item));
    }
    return List.copyOf(items);
  }

  /** Returns the entries of this list, or this alone when it is no list. */
  public List<Setting> itemsOrSelf() {
    return isList() ? items() : List.of(this);
  }

  /** Returns the text as it stands in the file: {@code 1.10} stays {@code 1.10}. Never empty. */
  public String text() {
    String text = scalar("must be text").getValue();
    if (text.isEmpty()) {
      throw wrong("must not be empty");
    }
    return text;
  }

  /** Returns the text as it stands in the file; it may be empty, but not left out. */
  public String textOrEmpty() {
    return scalar("must be text").getValue();
  }

  /** Returns a whole number within both bounds. */
  public int number(int least, int most) {
    String expected = "must be a whole number from " + least + " to " + most;
    String text = scalar(expected).getValue();
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw new RequestException(place() + expected + ", but is " + shown() + ".", notANumber);
    }
    throw wrong(expected + ", but is " + shown());
  }

  /** Returns {@code true} or {@code false}. */
  public boolean flag() {
    String text = scalar("must be true or false").getValue();
    if (node.getTag().equals(Tag.BOOL) && text.equalsIgnoreCase("true")) {
      return true;
    }
    if (node.getTag().equals(Tag.BOOL) && text.equalsIgnoreCase("false")) {
      return false;
    }
    throw wrong("must be true or false, but is " + shown());
  }

  /** Returns the constant of that name; case and {@code -} for {@code _} do not matter. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
    return oneOf(List.of(type.getEnumConstants()), Enum::name);
  }

  /** Returns the choice of that name; case and {@code -} for {@code _} do not matter. */
  public <T> T oneOf(List<T> choices, Function<T, String> name) {
    String names = choices.stream().map(name).collect(Collectors.joining(", "));
    String text = scalar("must be one of " + names).getValue();
    Optional<T> found =
        choices.stream().filter(c -> plain(name.apply(c)).equals(plain(text))).findFirst();
    return found.orElseThrow(
        () -> wrong("must be one of " + names + ", but is " + shown() + hint(choices, name)));
  }

  /** Returns what to throw when this value is wrong in a way that only the caller can know. */
  public RequestException wrong(String problem) {
    return new RequestException(place() + problem + ".");
  }

  /** Returns the value as a message quotes it. */
  public String shown() {
    return switch (node.getNodeId()) {
      case scalar -> shownScalar((ScalarNode) node);
      case sequence -> "a list";
      case mapping -> "a section with keys";
      case anchor -> "an alias";
    };
  }

  private <T> String hint(List<T> choices, Function<T, String> name) {
    Stream<String> names = choices.stream().map(name);
    String typed = ((ScalarNode) node).getValue();
    return Nearest.to(typed, names.toList()).map(n -> "; did you mean " + n + "?").orElse("");
  }

  private String place() {
    String at = file + ":" + line() + ":" + column() + ": ";
    return key.isEmpty() ? at : at + key + ": ";
  }

  private ScalarNode scalar(String expected) {
    if (!(node instanceof ScalarNode scalar)) {
      throw wrong(expected + ", but is " + shown());
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      throw wrong(expected + ", but has no value; give one or remove the key");
    }
    return scalar;
  }

  private static String shownScalar(ScalarNode scalar) {
    if (scalar.getTag().equals(Tag.NULL)) {
      return "empty";
    }
    String line = scalar.getValue().lines().findFirst().orElse("");
    boolean cut = line.length() > LONGEST_QUOTE || line.length() < scalar.getValue().length();
    String head = line.substring(0, Math.min(line.length(), LONGEST_QUOTE));
    return "\"" + head + (cut ? "…" : "") + "\"";
  }

  private static String plain(String name) {
    return name.replace('-', '_').toLowerCase(Locale.ROOT);
  }
}
