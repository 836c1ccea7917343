package dev.slipway.host.appspec;

import dev.slipway.appspec.HookScript;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code hooks}: the scripts of each lifecycle event. */
final class HooksReader {

  /** More than three thousand years; longer timeouts count as this one. */
  private static final BigInteger LONGEST_TIMEOUT = BigInteger.valueOf(99_999_999_999_999L);

  private final HookLint lint;
  private final Problems problems;
  private final OwnKeysReader own;

  HooksReader(HookLint lint, Problems problems) {
    this.lint = lint;
    this.problems = problems;
    this.own = new OwnKeysReader(problems);
  }

  /** Returns the scripts by event. An event without a value is left out, an empty list is kept. */
  Map<String, List<HookScript>> read(@Nullable Node node) {
    Map<String, List<HookScript>> hooks = new LinkedHashMap<>();
    if (node == null || Nodes.isNil(node)) {
      return hooks;
    }
    KeyPath path = KeyPath.TOP.child("hooks");
    if (!(node instanceof MappingNode map)) {
      problems.error(
          node, path, Wrong.kind(path, "a map from event names to lists of scripts", node));
      return hooks;
    }
    Entries entries = Entries.of(map, path, problems);
    entries
        .named()
        .forEach(
            (event, entry) -> {
              lint.event(entry.key(), event, path.child(event));
              if (!Nodes.isNil(entry.value())) {
                List<HookScript> scripts = readScripts(entry.value(), path.child(event));
                hooks.put(event, scripts);
                lint.total(entry.key(), scripts, path.child(event));
              }
            });
    for (Entries.Entry entry : entries.nameless()) {
      readNameless(entry, path);
    }
    return hooks;
  }

  /** Checks the scripts under a key that is no text and so never equals an event's name. */
  private void readNameless(Entries.Entry entry, KeyPath path) {
    String name = RubyText.shown(RubyText.text(entry.key()));
    if (!Nodes.isNil(entry.value())) {
      readScripts(entry.value(), path.child(name));
    }
    problems.warning(
        entry.key(),
        path.child(name),
        "YAML reads this key as " + name + " and not as text, so these scripts never run.");
  }

  private List<HookScript> readScripts(Node node, KeyPath path) {
    List<HookScript> scripts = new ArrayList<>();
    if (node instanceof MappingNode map && map.getValue().isEmpty()) {
      return scripts;
    }
    if (!(node instanceof SequenceNode list)) {
      problems.error(
          node,
          path,
          Wrong.kind(path, "a list of scripts", node),
          node instanceof MappingNode
              ? "Put a dash before the script's first key."
              : "Write a list of entries such as \"- location: scripts/start.sh\".");
      return scripts;
    }
    for (int i = 0; i < list.getValue().size(); i++) {
      HookScript script = readScript(list.getValue().get(i), path.item(i));
      if (script != null) {
        scripts.add(script);
      }
    }
    return scripts;
  }

  private @Nullable HookScript readScript(Node node, KeyPath path) {
    problems.count(node, path);
    if (!(node instanceof MappingNode map)) {
      problems.error(
          node,
          path,
          Wrong.kind(path, "a map with a location", node),
          Nodes.scalarOrNull(node) instanceof Scalar.Str text
              ? "Write \"location: " + RubyText.shown(text.text()) + "\"."
              : "");
      return null;
    }
    Entries script = Entries.of(map, path, problems);
    String location = readLocation(script, path);
    Duration timeout = readTimeout(script.get("timeout"), path.child("timeout"));
    String runAs = readRunAs(script.get("runas"), path.child("runas"));
    boolean sudo = isTrue(script.get("sudo"));
    List<String> arguments = own.arguments(script.get("args"), path.child("args"));
    Map<String, String> environment =
        own.environment(script.get("environment"), path.child("environment"));
    if (location == null || timeout == null) {
      return null;
    }
    HookScript read = new HookScript(location, timeout, runAs, sudo, arguments, environment);
    lint.script(script, read, path);
    return read;
  }

  private @Nullable String readLocation(Entries script, KeyPath path) {
    Node node = script.get("location");
    String location = node == null ? "" : RubyText.strip(RubyText.text(node));
    if (location.isEmpty()) {
      problems.error(
          node == null ? script.at() : node, path.child("location"), AgentMessages.noLocation());
      return null;
    }
    return location;
  }

  private @Nullable Duration readTimeout(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return HookScript.DEFAULT_TIMEOUT;
    }
    BigInteger seconds = toSeconds(Nodes.scalarOrNull(node));
    if (seconds == null) {
      problems.error(node, path, Wrong.kind(path, "a number of seconds", node));
      return null;
    }
    if (seconds.signum() <= 0) {
      problems.error(
          node, path, AgentMessages.timeout(), "Write a whole number of seconds, 1 or more.");
      return null;
    }
    return Duration.ofSeconds(seconds.min(LONGEST_TIMEOUT).longValueExact());
  }

  private static @Nullable BigInteger toSeconds(@Nullable Scalar scalar) {
    if (scalar instanceof Scalar.Int number) {
      return number.value();
    }
    if (scalar instanceof Scalar.Real real) {
      return Double.isFinite(real.value()) ? new BigDecimal(real.value()).toBigInteger() : null;
    }
    return scalar instanceof Scalar.Str text ? RubyText.toInteger(text.text()) : null;
  }

  private @Nullable String readRunAs(@Nullable Node node, KeyPath path) {
    if (node == null || Nodes.isNil(node)) {
      return null;
    }
    String account = RubyText.strip(RubyText.text(node));
    if (account.isEmpty()) {
      problems.warning(
          node,
          path,
          "A blank runas counts as none here, but CodeDeploy's agent runs the script as root then."
              + " Leave the key out.");
      return null;
    }
    return account;
  }

  /** Returns whether the value is anything but absent, null and false. */
  private static boolean isTrue(@Nullable Node node) {
    return node != null
        && !Nodes.isNil(node)
        && !(Nodes.scalarOrNull(node) instanceof Scalar.Bool bool && !bool.value());
  }
}
