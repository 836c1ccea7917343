package dev.slipway.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says where rollouts stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says where a rollout stands: numbers, hosts, error and rollback. Without an id, lists the"
          + " rollouts of the state directory, newest first.",
      "With --host it says what is on this machine instead, as \"slipway host status\" does."
    })
final class StatusCommand implements Callable<Integer> {

  private static final int MOST = 100;

  private final Console console;

  @Mixin private final StateOptions options = new StateOptions();

  @Option(
      names = "--host",
      description = "what deployments have left on this machine, instead of where rollouts stand")
  private boolean host;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "the deployment's id, such as d-ABCDEF123")
  private @Nullable String id;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (host && id != null) {
      throw new RequestException(
          "--host is about this machine and takes no ID, but got " + id + ".");
    }
    if (host) {
      HostStatusCommand.show(new HostRootOptions().records(), options.json(), console);
      return ExitCode.SUCCEEDED;
    }
    StateDirectory state = options.directory(console);
    try (OpenState look = OpenState.looking(state)) {
      if (id == null) {
        list(look.deployer().rollouts(MOST), state);
      } else {
        one(look.rollout(id));
      }
      return ExitCode.SUCCEEDED;
    }
  }

  private void one(Rollout rollout) {
    if (options.json()) {
      console.out().println(JsonText.line(StatusJson.whole(rollout)));
    } else {
      StatusText.whole(rollout).forEach(console.out()::println);
    }
  }

  private void list(List<Rollout> rollouts, StateDirectory state) {
    if (options.json()) {
      ArrayNode all = JsonText.object().putArray("rollouts");
      rollouts.forEach(rollout -> all.add(StatusJson.brief(rollout)));
      console.out().println(JsonText.line(JsonText.object().set("rollouts", all)));
    } else if (rollouts.isEmpty()) {
      console.out().println("no rollouts in " + state);
    } else {
      rollouts.forEach(rollout -> console.out().println(StatusText.brief(rollout)));
    }
  }
}
