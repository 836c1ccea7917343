package dev.slipway.host.local;

import dev.slipway.host.exec.HostOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  /** Returns the program whose deployments log is written; empty for none. */
  String deploymentsLog() {
    boolean enabled = !Boolean.FALSE.equals(values.get("enable_deployments_log"));
    return enabled ? values.getOrDefault("program_name", "codedeploy-agent").toString() : "";
  }
}
