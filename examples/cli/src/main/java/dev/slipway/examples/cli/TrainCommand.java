package dev.slipway.examples.cli;

import dev.slipway.examples.cli.file.TrainFile;
import dev.slipway.failure.PreflightException;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.rollout.Plan;
import dev.slipway.train.Train;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains: rollouts of several applications that succeed together or go back together. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Takes several applications out stage by stage, the rollouts of one stage beside each other."
          + " When one does not succeed, those that run are stopped and all go back, the last"
          + " stage first."
    })
final class TrainCommand implements Callable<Integer> {

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Says what a train would do. Changes nothing and connects to no host.")
  int plan(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "the train file")
          Path file,
      @Mixin StateOptions options) {
    TrainPlans train = new TrainPlans(TrainFile.read(file));
    try (OpenState look = OpenState.looking(options.directory(console), train.inventory())) {
      List<List<Plan>> plans = train.plan(look.deployer());
      String name = train.file().name();
      boolean rollsBack = train.file().rollsBack();
      if (options.json()) {
        console.out().println(JsonText.line(TrainText.document(name, plans, rollsBack)));
      } else {
        TrainText.plan(name, plans, rollsBack).forEach(console.out()::println);
      }
      return ExitCode.SUCCEEDED;
    }
  }

  @Command(
      name = "deploy",
      mixinStandardHelpOptions = true,
      description = {
        "Starts a train, and stays until its end, that of all that goes back included.",
        "After an interrupt (Ctrl-C) no further lifecycle event starts, and nothing goes back."
            + " When this process is killed, nothing is lost: slipway train continue goes on."
      })
  int deploy(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "the train file")
          Path file,
      @Mixin StateOptions options) {
    StateDirectory directory = options.directory(console);
    TrainPlans train = new TrainPlans(TrainFile.read(file));
    List<List<Plan>> plans;
    try (OpenState look = OpenState.looking(directory, train.inventory())) {
      plans = train.plan(look.deployer());
      plans.forEach(stage -> stage.forEach(this::check));
    }
    try (OpenState state = OpenState.driving(directory, train.inventory())) {
      Train started = train.start(state.deployer(), plans);
      return new TrainFollowing(console, options.json()).responsible(started);
    }
  }

  private void check(Plan plan) {
    plan.warnings().forEach(console.err()::println);
    if (plan.spec().options().preflight() != null) {
      PreflightReport report = plan.preflight();
      if (!report.isReady()) {
        throw new PreflightException(report);
      }
    }
  }

  @Command(
      name = "continue",
      mixinStandardHelpOptions = true,
      description = "Goes on with a train whose process is gone, and stays until its end.")
  int goOn(
      @Parameters(paramLabel = "NAME", description = "the name of the train") String name,
      @Mixin StateOptions options) {
    try (OpenState state = OpenState.driving(options.directory(console))) {
      return new TrainFollowing(console, options.json())
          .responsible(state.deployer().attachTrain(name));
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Says where a train stands, or lists all of them.")
  int status(
      @Parameters(paramLabel = "NAME", arity = "0..1", description = "the name of the train")
          @Nullable String name,
      @Mixin StateOptions options) {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      List<String> names = name == null ? look.deployer().trains() : List.of(name);
      for (String one : names) {
        Train train = look.deployer().attachTrain(one);
        if (options.json()) {
          console.out().println(JsonText.line(TrainText.status(train, train.cars())));
        } else {
          TrainText.status(train).forEach(console.out()::println);
        }
      }
      return ExitCode.SUCCEEDED;
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops a train: what hosts run just now ends, and nothing more starts.")
  int stop(
      @Parameters(paramLabel = "NAME", description = "the name of the train") String name,
      @Option(names = "--roll-back", description = "take back what has been begun")
          boolean rollBack,
      @Option(names = "--reason", defaultValue = "", description = "in words") String reason,
      @Mixin StateOptions options) {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      look.deployer().attachTrain(name).stop(rollBack, reason);
      return ExitCode.SUCCEEDED;
    }
  }
}
