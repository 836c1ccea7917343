package dev.slipway.host.appspec;

import dev.slipway.appspec.HookScript;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.deployment.LifecycleEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Says what of the hooks will hardly work as meant. */
final class HookLint {

  /** CodeDeploy itself ends a lifecycle event after this time. */
  private static final long MOST_SECONDS = 3600;

  /** The events that scripts can hang on. */
  static final List<String> EVENTS =
      Arrays.stream(LifecycleEvent.values())
          .filter(LifecycleEvent::isScriptable)
          .map(LifecycleEvent::wireName)
          .toList();

  /** What is not CodeDeploy's but ours. */
  private static final String ON_FAILURE = "OnFailure";

  /** Events without scripts, in the words of the service. */
  private static final Set<String> BUILT_IN =
      Set.of("Start", "End", "BlockTraffic", "AllowTraffic", "DownloadBundle", "Install");

  private static final String SHELL_CHARACTERS = "*?{}[]<>()~&|\\$;'`\"\n#=%";

  private final OperatingSystem os;
  private final BundleLint bundle;
  private final Problems problems;

  HookLint(OperatingSystem os, BundleLint bundle, Problems problems) {
    this.os = os;
    this.bundle = bundle;
    this.problems = problems;
  }

  /** Warns about an event at which no scripts run. */
  void event(Node key, String event, KeyPath path) {
    if (BUILT_IN.contains(event)) {
      problems.warning(
          key,
          path,
          "CodeDeploy runs no scripts at "
              + event
              + ", so these never run. "
              + switch (event) {
                case "BlockTraffic" -> "Use BeforeBlockTraffic or AfterBlockTraffic.";
                case "AllowTraffic" -> "Use BeforeAllowTraffic or AfterAllowTraffic.";
                case "DownloadBundle" -> "Use BeforeInstall, which comes right after it.";
                case "Install" -> "Use BeforeInstall or AfterInstall.";
                default -> "The events with scripts are " + String.join(", ", EVENTS) + ".";
              });
    } else if (event.equals(ON_FAILURE)) {
      problems.note(
          key,
          path,
          "CodeDeploy's agent does not know this event. Slipway runs its scripts on the host where"
              + " a command of the deployment has failed, unless that host is pushed to.");
    } else if (event.equals("AfterAllowTestTraffic")) {
      problems.warning(
          key, path, "Only ECS deployments have this event, so these scripts never run.");
    } else if (!EVENTS.contains(event)) {
      String nearest = Spelling.didYouMean(event, EVENTS);
      problems.warning(
          key,
          path,
          "CodeDeploy has no event of this name, so these scripts never run unless somebody asks"
              + " for it by name."
              + (nearest.isEmpty()
                  ? " Its events are " + String.join(", ", EVENTS) + "."
                  : nearest));
    }
  }

  /** Warns about the keys of one script that were read well. */
  void script(Entries script, HookScript read, KeyPath path) {
    KeyLint.check(script, KeyLint.Section.SCRIPT, path, problems);
    location(script.get("location"), read.location(), path.child("location"));
    timeout(script.get("timeout"), read.timeout().toSeconds(), path.child("timeout"));
    sudo(script.get("sudo"), path.child("sudo"));
    ownKeys(script, read, path);
    if (os == OperatingSystem.WINDOWS) {
      for (String key : List.of("runas", "sudo")) {
        Node node = script.get(key);
        if (node != null) {
          problems.warning(node, path.child(key), "It has no effect on Windows.");
        }
      }
    }
  }

  private void ownKeys(Entries script, HookScript read, KeyPath path) {
    for (String key : List.of("args", "environment")) {
      Node node = script.get(key);
      if (node != null) {
        problems.note(node, path.child(key), "CodeDeploy's agent does not know this key.");
      }
    }
    Node environment = script.get("environment");
    if (environment != null && read.sudo() && !read.environment().isEmpty()) {
      problems.warning(
          environment,
          path.child("environment"),
          "sudo hands on only what its own configuration lets through, so the script may see none"
              + " of this.");
    }
  }

  private void location(@Nullable Node node, String location, KeyPath path) {
    if (node == null) {
      return;
    }
    if (!(Nodes.scalarOrNull(node) instanceof Scalar.Str)) {
      problems.warning(node, path, "This is not text; it is taken as " + location + ".");
    }
    String inBundle = os == OperatingSystem.WINDOWS ? location.replace('\\', '/') : location;
    if (LexicalPath.resolve(inBundle) == null) {
      problems.mistake(node, path, "It leads out of the bundle, and no script runs from there.");
      return;
    }
    bundle.script(node, inBundle, path);
    if (os == OperatingSystem.LINUX) {
      onLinux(node, location, path);
    }
  }

  private void onLinux(Node node, String location, KeyPath path) {
    if (location.chars().anyMatch(Character::isWhitespace)) {
      problems.warning(
          node,
          path,
          "A name with a blank works here, but CodeDeploy's agent splits it there and finds no"
              + " script. Arguments belong in args.");
    } else if (location.chars().anyMatch(c -> SHELL_CHARACTERS.indexOf(c) >= 0)) {
      problems.warning(
          node, path, "CodeDeploy's agent hands this to a shell, which reads more into it.");
    } else if (location.startsWith("/") && !bundle.isKnown()) {
      problems.note(
          node,
          path,
          "It is a path in the bundle, as if it had no leading slash, and none on the host.");
    }
  }

  private void timeout(@Nullable Node node, long seconds, KeyPath path) {
    if (!(node instanceof ScalarNode scalar) || Nodes.isNil(node)) {
      return;
    }
    String written = scalar.getValue();
    if (!written.equals(Long.toString(seconds))) {
      problems.warning(
          node,
          path,
          "It is read as "
              + seconds
              + " seconds. Write a plain whole number of seconds, without quotes.");
    }
    if (seconds > MOST_SECONDS) {
      problems.warning(
          node,
          path,
          "CodeDeploy itself ends a lifecycle event after "
              + MOST_SECONDS
              + " seconds, while the script goes on.");
    }
  }

  private void sudo(@Nullable Node node, KeyPath path) {
    if (node == null) {
      return;
    }
    Scalar value = Nodes.scalarOrNull(node);
    String text = value == null ? "" : value.text().toLowerCase(Locale.ROOT);
    if (!(value instanceof Scalar.Bool)
        && !(value instanceof Scalar.Nil)
        && Set.of("false", "no", "off", "0", "").contains(text)) {
      problems.warning(
          node, path, "Whatever is not false counts as true, and so does this. Write sudo: false.");
    }
  }

  /** Warns when the scripts of one event may take longer together than the service waits. */
  void total(Node key, List<HookScript> scripts, KeyPath path) {
    long total = 0;
    for (HookScript script : scripts) {
      total += Math.min(script.timeout().toSeconds(), 1_000_000);
    }
    if (total <= MOST_SECONDS || scripts.size() < 2) {
      return;
    }
    boolean anyIsGiven =
        scripts.stream().anyMatch(script -> !script.timeout().equals(HookScript.DEFAULT_TIMEOUT));
    String message =
        "The timeouts of these scripts come to "
            + total
            + " seconds, but CodeDeploy itself ends a lifecycle event after "
            + MOST_SECONDS
            + "."
            + (anyIsGiven ? "" : " A script without timeout counts 3600.");
    if (anyIsGiven) {
      problems.warning(key, path, message);
    } else {
      problems.note(key, path, message);
    }
  }
}
