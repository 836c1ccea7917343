package dev.slipway.provider.onprem;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes one host of what is said of it. */
final class HostWriter {

  /** CodeDeploy's rule for the names of on-premises instances, without its ban of {@code i-}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+=,@-]{1,100}");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final List<String> HOST_KEYS = List.of("strict", "accept-new");
  private static final int MOST_PORT = 65_535;

  private final Path directory;

  HostWriter(Path inventory) {
    Path parent = inventory.toAbsolutePath().normalize().getParent();
    this.directory = parent == null ? inventory.toAbsolutePath() : parent;
  }

  Host write(Attributes attributes, Setting name, Counter counter, int index) {
    String id = counter.text(name, index);
    if (!NAME.matcher(id).matches()) {
      throw name.wrong("must be 1 to 100 letters, digits or . _ + = , @ -, but is " + name.shown());
    }
    Values values = new Values(attributes, id, counter, index);
    return new Host(
        new HostId(id),
        values.text("address").orElse(id),
        values.zone(),
        values.tags(),
        values.settings());
  }

  private String path(Setting setting, String text) {
    if (text.startsWith("~/")) {
      return Path.of(System.getProperty("user.home")).resolve(text.substring(2)).toString();
    }
    if (text.startsWith("~")) {
      throw setting.wrong("must not name the home of another user; write the whole path");
    }
    return directory.resolve(text).normalize().toString();
  }

  /** What is said of one host of an entry: ranges counted, its name filled in. */
  private final class Values {

    private final Attributes attributes;
    private final String id;
    private final Counter counter;
    private final int index;

    Values(Attributes attributes, String id, Counter counter, int index) {
      this.attributes = attributes;
      this.id = id;
      this.counter = counter;
      this.index = index;
    }

    Optional<String> text(String key) {
      return attributes.find(key).map(this::text);
    }

    String zone() {
      Optional<Setting> zone = attributes.find("zone");
      List<Setting> turns = zone.map(Setting::itemsOrSelf).orElse(List.of());
      if (zone.isPresent() && turns.isEmpty()) {
        throw zone.get().wrong("must not be an empty list; name at least one zone");
      }
      return turns.isEmpty() ? "" : text(turns.get(index % turns.size()));
    }

    Map<String, String> tags() {
      Map<String, String> tags = new TreeMap<>(Map.of(OnPremInventory.NAME_TAG, id));
      attributes.tags().forEach((key, value) -> tags.put(key, filled(value)));
      return tags;
    }

    Map<String, String> settings() {
      Map<String, String> settings = new TreeMap<>();
      attributes.settings().forEach((key, value) -> settings.put(key, filled(value)));
      text("user").ifPresent(text -> settings.put("user", text));
      for (String key : List.of("hostRoot", "deploymentRoot")) {
        attributes.find(key).ifPresent(value -> settings.put(key, absolute(value)));
      }
      for (String key : List.of("identityFile", "knownHosts")) {
        attributes.find(key).ifPresent(value -> settings.put(key, paths(value)));
      }
      attributes.find("port").ifPresent(port -> settings.put("port", port(port)));
      attributes
          .find("hostKeyChecking")
          .ifPresent(how -> settings.put("hostKeyChecking", how.oneOf(HOST_KEYS, word -> word)));
      for (String key : List.of("sudo", "adopt")) {
        attributes.find(key).ifPresent(flag -> settings.put(key, Boolean.toString(flag.flag())));
      }
      attributes
          .find("passphrase")
          .ifPresent(phrase -> settings.put("passphrase", passphrase(phrase)));
      return settings;
    }

    private String text(Setting value) {
      return counter.text(value, index).replace("{name}", id);
    }

    private String filled(Setting value) {
      return value.textOrEmpty().isEmpty() ? "" : text(value);
    }

    private String absolute(Setting value) {
      String text = text(value);
      if (!text.startsWith("/")) {
        throw value.wrong("must be an absolute path on the host, but is " + value.shown());
      }
      return text;
    }

    /** One path, or several that are tried in order. */
    private String paths(Setting value) {
      return value.itemsOrSelf().stream()
          .map(item -> path(item, text(item)))
          .collect(Collectors.joining(","));
    }

    private String port(Setting port) {
      String text = text(port);
      String number = text.matches("\\d{1,5}") ? text : "0";
      int parsed = Integer.parseInt(number);
      if (parsed < 1 || parsed > MOST_PORT) {
        throw port.wrong("must be a port from 1 to " + MOST_PORT + ", but is " + port.shown());
      }
      return Integer.toString(parsed);
    }

    private String passphrase(Setting phrase) {
      if (!phrase.isSection()) {
        // The value is not quoted: it may well be the secret itself.
        throw phrase.wrong("must not stand in the file; write {env: VARIABLE} or {file: PATH}");
      }
      Section where = phrase.section().allow("env", "file");
      Optional<Setting> variable = where.find("env");
      Optional<Setting> file = where.find("file");
      if (variable.isPresent() == file.isPresent()) {
        throw phrase.wrong("must have either \"env\" or \"file\"");
      }
      if (file.isPresent()) {
        return "file:" + path(file.get(), text(file.get()));
      }
      Setting env = where.require("env", "name a variable");
      if (!VARIABLE.matcher(env.text()).matches()) {
        throw env.wrong("must be the name of an environment variable");
      }
      return "env:" + env.text();
    }
  }
}
