package dev.slipway.provider.onprem;

import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of hosts at one or several levels: the defaults, a group, a host.
 *
 * @param values single values by key
 * @param tags tags, joined key by key
 * @param settings further settings for the transport, joined key by key
 */
record Attributes(
    Map<String, Setting> values, Map<String, Setting> tags, Map<String, Setting> settings) {

  static final Attributes NONE = new Attributes(Map.of(), Map.of(), Map.of());

  private static final List<String> COMMON =
      List.of(
          "address",
          "port",
          "zone",
          "tags",
          "user",
          "identityFile",
          "passphrase",
          "sudo",
          "knownHosts",
          "hostKeyChecking",
          "adopt",
          "hostRoot",
          "deploymentRoot",
          "settings");

  static Attributes shared(Section section) {
    return of(section, COMMON);
  }

  static Attributes group(Section section) {
    return of(section, with("hosts", COMMON));
  }

  static Attributes host(Section section) {
    return of(section, with("name", COMMON));
  }

  /** Returns both, where the other wins. */
  Attributes with(Attributes closer) {
    return new Attributes(
        joined(values, closer.values),
        joined(tags, closer.tags),
        joined(settings, closer.settings));
  }

  Optional<Setting> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static Attributes of(Section section, List<String> known) {
    Map<String, Setting> values = section.allow(known.toArray(String[]::new)).entries();
    values.remove("tags");
    values.remove("settings");
    return new Attributes(values, pairs(section, "tags"), pairs(section, "settings"));
  }

  private static Map<String, Setting> pairs(Section section, String key) {
    return section.find(key).map(pairs -> pairs.section().entries()).orElse(Map.of());
  }

  private static List<String> with(String key, List<String> keys) {
    List<String> all = new ArrayList<>(List.of(key));
    all.addAll(keys);
    return all;
  }

  private static Map<String, Setting> joined(
      Map<String, Setting> first, Map<String, Setting> second) {
    Map<String, Setting> both = new LinkedHashMap<>(first);
    both.putAll(second);
    return both;
  }
}
