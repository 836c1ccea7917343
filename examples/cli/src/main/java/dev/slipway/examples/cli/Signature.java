package dev.slipway.examples.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who judges a rollout that waits for an approval, and why. */
final class Signature {

  @Option(names = "--by", paramLabel = "NAME", description = "who says so; $USER unless given")
  private String by = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "why, for the record")
  private String comment = "";

  String by(Map<String, String> environment) {
    return by.isEmpty() ? environment.getOrDefault("USER", "") : by;
  }

  String comment() {
    return comment;
  }
}
