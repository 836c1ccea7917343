package dev.slipway.provider.onprem.settings;

import dev.slipway.failure.RequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value with keys of its own, in the order of the file. No key stands twice. */
public final class Section {

  private final Setting self;
  private final Map<String, Setting> names;
  private final Map<String, Setting> values;

  private Section(Setting self, Map<String, Setting> names, Map<String, Setting> values) {
    this.self = self;
    this.names = names;
    this.values = values;
  }

  static Section of(Setting self, Node node) {
    Map<String, Setting> names = new LinkedHashMap<>();
    Map<String, Setting> values = new LinkedHashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      Setting unnamed = new Setting(self.file(), self.key(), tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        throw unnamed.wrong("a key must be text, but is " + unnamed.shown());
      }
      String name = scalar.getValue();
      String key = self.key().isEmpty() ? name : self.key() + "." + name;
      Setting named = new Setting(self.file(), key, scalar);
      Setting first = names.putIfAbsent(name, named);
      if (first != null) {
        throw named.wrong("stands twice, first in line " + first.line() + "; keep one of them");
      }
      if (scalar.getTag().equals(Tag.MERGE)) {
        throw named.wrong("merge keys are not read; use defaults or groups");
      }
      values.put(name, new Setting(self.file(), key, tuple.getValueNode()));
    }
    return new Section(self, names, values);
  }

  /**
   * Checks that no other key is here.
   *
   * @param known every key that may stand here
   * @return this
   * @throws RequestException naming the first unknown key and the nearest known one
   */
  public Section allow(String... known) {
    List<String> keys = List.of(known);
    for (Map.Entry<String, Setting> entry : names.entrySet()) {
      if (!keys.contains(entry.getKey())) {
        throw unknown(entry.getKey(), entry.getValue(), keys);
      }
    }
    return this;
  }

  /** Returns the value of the key, or nothing when the key is not there. */
  public Optional<Setting> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Returns the value of the key.
   *
   * @param key the key
   * @param remedy what to write, for example {@code "name a YAML file"}
   */
  public Setting require(String key, String remedy) {
    return find(key).orElseThrow(() -> self.wrong("has no \"" + key + "\"; " + remedy));
  }

  /** Returns the key itself as a value, for a message about the key. */
  public Optional<Setting> name(String key) {
    return Optional.ofNullable(names.get(key));
  }

  /** Returns all keys and values in the order of the file. */
  public Map<String, Setting> entries() {
    return new LinkedHashMap<>(values);
  }

  /** Returns the value that has these keys. */
  public Setting self() {
    return self;
  }

  private static RequestException unknown(String name, Setting place, List<String> keys) {
    String all = String.join(", ", keys);
    return Nearest.to(name, keys)
        .map(near -> place.wrong("is no known key; did you mean \"" + near + "\"? Known: " + all))
        .orElseGet(() -> place.wrong("is no known key; known are " + all));
  }
}
