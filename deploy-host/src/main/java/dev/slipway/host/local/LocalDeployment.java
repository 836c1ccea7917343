package dev.slipway.host.local;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.RequestException;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.exec.CommandExecutor;
import dev.slipway.host.exec.HostCommand;
import dev.slipway.host.exec.HostExecutor;
import dev.slipway.host.exec.HostOptions;
import dev.slipway.host.exec.LocalRevision;
import dev.slipway.host.exec.OutputListener;
import dev.slipway.host.exec.SystemElapsedTime;
import dev.slipway.host.plan.DeploymentGroup;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One deployment on this machine, or on another in the same way, from the arguments of {@code
 * codedeploy-local} to its exit code.
 *
 * @param out results, and problems as AWS's command prints them there
 * @param err other problems, one line each
 * @param environment the variables of the process
 * @param workingDirectory what relative paths start from, absolute
 * @param clock the time for logs
 * @param zone the zone for logs
 * @param ids makes the nine letters and digits of a deployment id
 * @param elsewhere where else it can be carried out
 */
public record LocalDeployment(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path workingDirectory,
    InstantSource clock,
    ZoneId zone,
    Supplier<String> ids,
    Elsewhere elsewhere) {

  private static final List<String> SYSTEM_WORDS =
      List.of(
          "No such file or directory",
          "Permission denied",
          "File exists",
          "Not a directory",
          "Is a directory",
          "Directory not empty",
          "Too many levels of symbolic links",
          "File name too long",
          "You specified a lifecycle event",
          "can't find ",
          "user ");

  /** Copies the variables in. */
  public LocalDeployment {
    environment = Map.copyOf(environment);
  }

  /**
   * Runs it, and returns the exit code: 0 when everything went well, 2 when what {@code --via} says
   * makes no sense, else 1.
   */
  public int run(List<String> arguments) {
    if (arguments.contains("-h") || arguments.contains("--help")) {
      out.print(LocalOptions.USAGE);
      return 0;
    }
    if (arguments.contains("-v") || arguments.contains("--version")) {
      out.println("1.0");
      return 0;
    }
    try {
      return deploy(LocalOptions.parse(arguments, workingDirectory.toString()));
    } catch (LocalUsageException e) {
      out.println("ERROR: " + e.getMessage());
      return e.exitCode();
    }
  }

  private int deploy(LocalOptions options) {
    AgentConfiguration configuration =
        options.configurationFile().isEmpty()
            ? AgentConfiguration.none()
            : AgentConfiguration.read(workingDirectory.resolve(options.configurationFile()));
    Optional<Path> bundle = LocalBundle.check(options, workingDirectory);
    LocalEvents.check(options.events());
    HostDeployment deployment = deployment(options);
    Set<HostChoice> choices = choices(options, configuration);
    try (CommandExecutor executor = executor(options, configuration, deployment, choices)) {
      return deploy(options, choices, configuration.intake(choices), bundle, deployment, executor);
    }
  }

  private int deploy(
      LocalOptions options,
      Set<HostChoice> choices,
      IntakeOptions intake,
      Optional<Path> bundle,
      HostDeployment deployment,
      CommandExecutor executor) {
    String directory = executor.layout().directoryOf(deployment);
    if (!options.dryRun()) {
      out.println("Starting to execute deployment from within folder " + directory);
    }
    if (bundle.isEmpty()) {
      throw new LocalUsageException(
          "unknown location "
              + options.bundleLocation()
              + " cannot be determined to be S3, Github, or a local file / directory");
    }
    List<String> events =
        options.eventsAsGiven() ? options.events() : LocalEvents.toRun(options.events());
    if (options.applicationName().isEmpty()) {
      Diagnostics end = Diagnostics.unknownError("Deployment Spec has no ApplicationName");
      records().endedUnread(events.get(0), end.message(), end);
      return report(directory, end);
    }
    LocalRevision revision = revision(bundle.get(), options, intake);
    List<HostCommand> commands;
    try {
      commands = commands(events, deployment, revision);
    } catch (IllegalArgumentException e) {
      err.println("slipway: " + e.getMessage());
      return 1;
    }
    if (options.dryRun()) {
      return show(new DryRun(executor, HostChoice.parser(choices), out), commands, revision);
    }
    return report(directory, run(executor, commands));
  }

  private static Set<HostChoice> choices(LocalOptions options, AgentConfiguration configuration) {
    Set<HostChoice> choices = EnumSet.noneOf(HostChoice.class);
    choices.addAll(configuration.choices());
    choices.addAll(options.choices());
    return choices;
  }

  private CommandExecutor executor(
      LocalOptions options,
      AgentConfiguration configuration,
      HostDeployment deployment,
      Set<HostChoice> choices) {
    if (options.via().isEmpty()) {
      HostOptions host =
          new HostOptions(
              new Layout(configuration.rootDirectory()),
              new HostPaths("", workingDirectory.toString(), Map.of()),
              configuration.hookEnvironment(environment),
              configuration.maxRevisions(),
              configuration.deploymentsLog(),
              zone,
              choices);
      return new HostExecutor(host, clock, new SystemElapsedTime());
    }
    if (!configuration.isEnvironmentFiltered()) {
      throw LocalUsageException.ofPlace(
          "restrict_hook_env_to_allowlist: false cannot be had with --via: scripts there never see"
              + " more than the harmless part of the account's environment");
    }
    try {
      return elsewhere.reach(
          new Elsewhere.Task(
              options.via(),
              deployment,
              options.configurationFile().isEmpty() ? "" : configuration.rootDirectory(),
              configuration.maxRevisions(),
              configuration.deploymentsLog(),
              choices));
    } catch (RequestException e) {
      throw LocalUsageException.ofPlace(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new LocalUsageException(String.valueOf(e.getMessage()));
    }
  }

  private HostDeployment deployment(LocalOptions options) {
    try {
      return new HostDeployment(
          "d-" + ids.get() + "-local",
          new DeploymentGroup(options.applicationName(), options.groupName(), options.groupId()),
          "user",
          HostDeployment.Type.IN_PLACE,
          AppSpecName.of(options.appSpecFile()),
          options.fileExistsBehavior(),
          Map.of());
    } catch (IllegalArgumentException e) {
      throw new LocalUsageException(String.valueOf(e.getMessage()));
    }
  }

  private static LocalRevision revision(Path bundle, LocalOptions options, IntakeOptions intake) {
    BundleType type = BundleType.valueOf(options.type().toUpperCase(Locale.ROOT));
    return new LocalRevision(bundle, type, intake);
  }

  private static List<HostCommand> commands(
      List<String> events, HostDeployment deployment, LocalRevision revision) {
    return events.stream()
        .map(
            event ->
                new HostCommand(
                    event,
                    deployment,
                    event.equals(LifecycleEvents.DOWNLOAD_BUNDLE) ? revision : null,
                    null,
                    events))
        .toList();
  }

  private int show(DryRun dryRun, List<HostCommand> commands, LocalRevision revision) {
    try {
      dryRun.show(commands, revision);
      return 0;
    } catch (IOException | DeployException | InstallRefusedException e) {
      out.println("ERROR: " + e.getMessage());
      return 1;
    }
  }

  private CommandRecords records() {
    String file = environment.get(CommandRecords.VARIABLE);
    return new CommandRecords(file == null ? null : workingDirectory.resolve(file));
  }

  private Diagnostics run(CommandExecutor executor, List<HostCommand> commands) {
    CommandRecords records = records();
    for (HostCommand command : commands) {
      Diagnostics end = run(executor, command, records);
      if (!end.isSuccess()) {
        return end;
      }
    }
    return Diagnostics.SUCCEEDED;
  }

  private static Diagnostics run(
      CommandExecutor executor, HostCommand command, CommandRecords records) {
    HookPlan plan;
    try {
      plan = executor.hookPlan(command.name(), command.deployment());
    } catch (IOException | DeployException e) {
      Diagnostics end = executor.run(command, OutputListener.NONE).diagnostics();
      records.endedUnread(command.name(), String.valueOf(e.getMessage()), end);
      return end;
    }
    Diagnostics end = executor.run(command, OutputListener.NONE).diagnostics();
    boolean noOp = LifecycleEvents.hasScripts(command.name()) && plan.isNoOp();
    records.ended(command.name(), plan, noOp, end);
    return end;
  }

  private int report(String directory, Diagnostics end) {
    if (!end.scriptName().isEmpty()) {
      out.println(
          "Your local deployment failed while trying to execute your script at "
              + Layout.archiveIn(directory)
              + "/"
              + end.scriptName());
    }
    out.println("See the deployment log at " + Layout.scriptLogIn(directory) + " for more details");
    if (end.isSuccess()) {
      out.println("AppSpec file valid. Local deployment successful");
      return 0;
    }
    if (!end.scriptName().isEmpty()) {
      err.println("slipway: " + end.message());
    } else if (SYSTEM_WORDS.stream().anyMatch(end.message()::startsWith)
        || end.message().contains("file contains unknown lifecycle events")) {
      out.println("ERROR: " + end.message());
    } else {
      err.println("slipway: " + end.message());
    }
    return 1;
  }
}
