package dev.slipway.examples.cli;

import dev.slipway.examples.demo.DemoCommand;
import dev.slipway.failure.AppSpecException;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.StoreException;
import dev.slipway.provider.onprem.settings.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all subcommands. */
@Command(
    name = "slipway",
    description = "Deploys revisions to fleets of hosts with the semantics of AWS CodeDeploy.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "slipway 0.1.0",
    footer = {
      "",
      "Exit codes: 0 succeeded; 1 the deployment failed; 2 bad usage or input,",
      "nothing was touched; 3 stopped; 4 our own or the store's failure.",
      "plan and simulate exit with 0 when they answered."
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
    line.addSubcommand(new DemoCommand(console));
    line.addSubcommand(new ValidateCommand(console));
    line.addSubcommand(new SimulateCommand(console));
    line.addSubcommand(new PlanCommand(console));
    line.addSubcommand(new DeployCommand(console));
    line.addSubcommand(new StatusCommand(console));
    line.addSubcommand(new EventsCommand(console));
    line.addSubcommand(new OutputCommand(console));
    line.addSubcommand(new ExplainCommand(console));
    line.addSubcommand(new PauseCommand(console));
    line.addSubcommand(new ResumeCommand(console));
    line.addSubcommand(new ApproveCommand(console));
    line.addSubcommand(new RejectCommand(console));
    line.addSubcommand(new PulseCommand(console));
    line.addSubcommand(new SwitchCommand(console));
    line.addSubcommand(new TerminateCommand(console));
    line.addSubcommand(new StopCommand(console));
    line.addSubcommand(new ContinueCommand(console));
    line.addSubcommand(new RetryCommand(console));
    line.addSubcommand(new ApplicationCommand(console));
    line.addSubcommand(new GroupCommand(console));
    line.addSubcommand(new ConfigCommand(console));
    line.addSubcommand(new DeploymentCommand(console));
    line.addSubcommand(new DriftCommand(console));
    line.addSubcommand(new TrainCommand(console));
    line.addSubcommand(new LocalCommand(console));
    line.addSubcommand(
        new CommandLine(new HostCommand())
            .addSubcommand(new HostStatusCommand(console))
            .addSubcommand(new ForgetCommand(console))
            .addSubcommand(new AdoptCommand(console)));
    line.setUsageHelpWidth(Math.max(80, console.width()));
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
    err.println("slipway: " + problem(e) + "; see " + name + " --help.");
    return ExitCode.BAD_INPUT;
  }

  private static String problem(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Objects.requireNonNullElse(e.getMessage(), "bad usage");
    }
    List<String> known = List.copyOf(e.getCommandLine().getSubcommands().keySet());
    String word = unmatched.getUnmatched().get(0);
    String near = Nearest.to(word, known).map(name -> " (did you mean " + name + "?)").orElse("");
    boolean isCommand = !known.isEmpty() && !word.startsWith("-");
    return "there is no " + (isCommand ? "command " : "option or argument ") + word + near;
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
