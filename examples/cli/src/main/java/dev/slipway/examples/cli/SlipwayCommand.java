package dev.slipway.examples.cli;

import dev.slipway.failure.AppSpecException;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.StoreException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all subcommands. */
@Command(
    name = "slipway",
    description = "Deploys revisions to fleets of hosts with the semantics of AWS CodeDeploy.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "slipway 0.1.0",
    footer = {
      "",
      "Exit codes: 0 succeeded, 1 the deployment failed, 2 bad usage or input (nothing touched),",
      "3 stopped, 4 our own or the store's failure. plan and simulate exit 0 when they answered."
    })
final class SlipwayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs one command line.
   *
   * @return the exit code
   */
  static int run(Console console, String... args) {
    CommandLine line = new CommandLine(new SlipwayCommand());
    line.addSubcommand(new LocalCommand(console));
    line.setOut(console.out());
    line.setErr(console.err());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(SlipwayCommand::misused);
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    int code = line.execute(args);
    console.out().flush();
    console.err().flush();
    return code;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static int misused(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println("slipway: " + e.getMessage() + "; see " + name + " --help.");
    return ExitCode.BAD_INPUT;
  }

  private static int failed(Console console, Exception e) {
    if (console.environment().containsKey("SLIPWAY_DEBUG")) {
      e.printStackTrace(console.err());
    }
    console.err().println("slipway: " + sentence(e));
    return e instanceof DeployException && !(e instanceof StoreException)
        ? ExitCode.BAD_INPUT
        : ExitCode.BROKEN;
  }

  private static String sentence(Exception e) {
    if (e instanceof AppSpecException appSpec) {
      return appSpec.describe();
    }
    if (e instanceof DeployException) {
      return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
    return "internal error: " + e + " (set SLIPWAY_DEBUG=1 to see where)";
  }
}
