package dev.slipway.examples.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of every command that works with one rollout in the state on this machine. */
final class OneRollout {

  @Parameters(paramLabel = "ID", description = "the deployment's id, such as d-ABCDEF123")
  private String id = "";

  @Mixin private final StateOptions state = new StateOptions();

  String id() {
    return id;
  }

  boolean json() {
    return state.json();
  }

  StateDirectory directory(Console console) {
    return state.directory(console);
  }
}
