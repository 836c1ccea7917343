package dev.slipway.host.local;

import dev.slipway.host.bundle.IntakeChoice;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.exec.HookEnvironment;
import dev.slipway.host.exec.HostOptions;
import dev.slipway.host.plan.HostChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The configuration file of AWS's agent, as far as a deployment on one host needs it. */
final class AgentConfiguration {

  private final Path file;
  private final Map<String, Object> values;

  private AgentConfiguration(Path file, Map<String, Object> values) {
    this.file = file;
    this.values = values;
  }

  /** Returns a configuration that says nothing. */
  static AgentConfiguration none() {
    return new AgentConfiguration(Path.of(""), Map.of());
  }

  /** Reads the file, whose keys are written {@code :key:} or {@code key:}. */
  static AgentConfiguration read(Path file) {
    if (!Files.isReadable(file)) {
      throw new LocalUsageException(
          "The config file " + file + " does not exist or is not readable");
    }
    Map<String, Object> values = new TreeMap<>();
    try {
      Object document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      if (document instanceof Map<?, ?> map) {
        map.forEach((key, value) -> put(values, key, value));
      }
    } catch (IOException | YAMLException e) {
      throw new LocalUsageException(
          "An error occurred loading the CodeDeploy agent config file at "
              + file
              + ". Error message: "
              + String.valueOf(e.getMessage()).replace('\n', ' '));
    }
    return new AgentConfiguration(file, values);
  }

  private static void put(Map<String, Object> values, Object key, Object value) {
    if (value != null) {
      values.put(String.valueOf(key).replaceFirst("^:", ""), value);
    }
  }

  /** Returns where deployments are kept. */
  String rootDirectory() {
    Object value = values.get("root_dir");
    if (value == null) {
      throw new LocalUsageException(file + " has no root_dir");
    }
    return value.toString();
  }

  /** Returns how many revisions are kept; 0 is taken for 1. */
  int maxRevisions() {
    Object value = values.getOrDefault("max_revisions", HostOptions.DEFAULT_MAX_REVISIONS);
    try {
      int number = Integer.parseInt(value.toString().strip());
      if (number >= 0) {
        return Math.max(1, number);
      }
    } catch (NumberFormatException e) {
      // Said below, together with negative numbers.
    }
    throw new LocalUsageException(
        file + ": max_revisions must be a whole number of at least 1, but is " + value);
  }

  /**
   * Returns what is taken from bundles. The safe choices are made already; the keys of the agent's
   * version 2 that turn hardening off, or more of it on, are honoured.
   *
   * @param choices what is chosen for the host
   */
  IntakeOptions intake(Set<HostChoice> choices) {
    IntakeOptions options = IntakeOptions.SAFE;
    if (isOff("reject_path_traversal_in_bundle")) {
      options = options.with(IntakeChoice.STRIP_UNSAFE_PATHS);
    }
    if (choices.contains(HostChoice.KEEP_SET_ID_BITS)) {
      options = options.with(IntakeChoice.KEEP_SET_ID_BITS);
    }
    if (isOn("ignore_ownership_in_bundle")) {
      options = options.with(IntakeChoice.IGNORE_OWNERS);
    }
    if (isOn("reject_symlinks_in_bundle")) {
      options = options.with(IntakeChoice.REFUSE_OUTWARD_LINKS);
    }
    return options;
  }

  /**
   * Returns what is done otherwise than by default: what a key of the agent's version 2 asks for,
   * and the names in {@code slipway_choices}, a list.
   */
  Set<HostChoice> choices() {
    Set<HostChoice> choices = EnumSet.noneOf(HostChoice.class);
    if (isOff("reject_unsafe_permissions_in_bundle")) {
      choices.add(HostChoice.KEEP_SET_ID_BITS);
    }
    if (isOff("reject_unconfined_selinux_in_bundle")) {
      choices.add(HostChoice.UNCONFINED_CONTEXTS);
    }
    if (isOn("restrict_agent_dir_permissions")) {
      choices.add(HostChoice.RESTRICT_DIRECTORIES);
    }
    Object named = values.get("slipway_choices");
    List<?> names =
        named instanceof List<?> list ? list : named == null ? List.of() : List.of(named);
    names.forEach(name -> choices.add(LocalOptions.choice(file + ": slipway_choices", name)));
    return choices;
  }

  /** Returns what scripts inherit: the harmless part of the environment, unless told otherwise. */
  HookEnvironment hookEnvironment(Map<String, String> environment) {
    return isEnvironmentFiltered()
        ? HookEnvironment.filtered(environment)
        : HookEnvironment.inheriting(environment);
  }

  /** Returns whether scripts inherit only what is harmless. */
  boolean isEnvironmentFiltered() {
    return !isOff("restrict_hook_env_to_allowlist");
  }

  private boolean isOff(String key) {
    return Boolean.FALSE.equals(values.get(key));
  }

  private boolean isOn(String key) {
    return Boolean.TRUE.equals(values.get(key));
  }

  /** Returns the program whose deployments log is written; empty for none. */
  String deploymentsLog() {
    boolean enabled = !isOff("enable_deployments_log");
    return enabled ? values.getOrDefault("program_name", "codedeploy-agent").toString() : "";
  }
}
