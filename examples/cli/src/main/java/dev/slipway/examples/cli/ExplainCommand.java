package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Rollout;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says why a rollout does not move. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Says what a rollout waits for: which hosts, which bound, until when, or that no process"
            + " drives it.")
final class ExplainCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      List<Hold> holds = rollout.explain();
      String status = rollout.status().wireName();
      if (options.json()) {
        ObjectNode answer =
            JsonText.object().put("deployment", rollout.id().value()).put("status", status);
        answer.set("holds", JsonText.node(holds.stream().map(ExplainCommand::json).toList()));
        console.out().println(JsonText.line(answer));
      } else {
        console.out().println(rollout.id() + " " + status + (holds.isEmpty() ? "" : ":"));
        holds.forEach(hold -> console.out().println("  " + hold.message()));
      }
      return ExitCode.SUCCEEDED;
    }
  }

  private static ObjectNode json(Hold hold) {
    ObjectNode node = JsonText.object().put("kind", hold.kind().name());
    node.set("hosts", JsonText.node(hold.hosts().stream().map(host -> host.value()).toList()));
    return node.put("until", hold.until() == null ? null : hold.until().toString())
        .put("message", hold.message());
  }
}
