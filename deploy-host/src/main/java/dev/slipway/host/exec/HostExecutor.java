package dev.slipway.host.exec;

import dev.slipway.appspec.AppSpec;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.failure.DeployException;
import dev.slipway.host.appspec.AppSpecParser;
import dev.slipway.host.appspec.ParsedAppSpec;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.plan.EventRevision;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.host.plan.Pointers;
import dev.slipway.host.plan.ScriptVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out host commands on this machine.
 *
 * <p>Thread-safe. Commands of one deployment group run one after the other, also those of several
 * executors and processes on one deployment root.
 */
public final class HostExecutor implements CommandExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(HostExecutor.class);

  private final HostOptions options;
  private final InstantSource clock;
  private final AppSpecParser parser;
  private final ExecutorService readers;
  private final NamedPipes pipes = new NamedPipes();
  private final HookRunner hooks;
  private final Installer installer;
  private final GroupLocks locks;
  private final Tickets tickets;

  /**
   * Makes one.
   *
   * @param options how it works
   * @param clock what the logs' times come from
   * @param elapsed what timeouts are measured with
   */
  public HostExecutor(HostOptions options, InstantSource clock, ElapsedTime elapsed) {
    this.options = options;
    this.clock = clock;
    this.parser = options.parser();
    this.readers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "slipway-script-output");
              thread.setDaemon(true);
              return thread;
            });
    this.hooks = new HookRunner(options, pipes, readers, elapsed);
    this.installer = new Installer(options, parser);
    this.locks = new GroupLocks(options.layout());
    this.tickets = new Tickets(options.layout());
  }

  @Override
  public Layout layout() {
    return options.layout();
  }

  @Override
  public HostCommandResult run(HostCommand command, OutputListener listener) {
    Diagnostics end;
    if (readers.isShutdown()) {
      return new HostCommandResult(
          Diagnostics.unknownError(
              command.name() + " was not started, because this executor is closed"));
    }
    try {
      refuseLiveAgent(command);
    } catch (IOException e) {
      return new HostCommandResult(Diagnostics.unknownError(Texts.of(e)));
    } catch (HostCommandFailedException e) {
      return new HostCommandResult(e.diagnostics());
    }
    try (GroupLocks.Held held = locks.hold(command.deployment().group().id())) {
      LOG.debug("{} under {}", command.name(), held);
      end = runOnce(command, listener);
    } catch (IOException e) {
      end = Diagnostics.unknownError(Texts.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end = Diagnostics.unknownError(command.name() + " was interrupted");
    }
    return new HostCommandResult(end);
  }

  /** How a command has ended that ran already can be said whoever else is at work by now. */
  private void refuseLiveAgent(HostCommand command) throws IOException {
    if (!options.chose(HostChoice.BESIDE_AGENT) && !tickets.isTaken(command)) {
      Optional<String> agent = LiveAgent.on(options.layout());
      if (agent.isPresent()) {
        throw new HostCommandFailedException(LiveAgent.refusal(agent.get(), options.layout()));
      }
    }
  }

  private Diagnostics runOnce(HostCommand command, OutputListener listener)
      throws IOException, InterruptedException {
    Optional<Diagnostics> earlier = tickets.take(command);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Diagnostics end = runMarked(command, listener);
    tickets.keep(command, end);
    if (!end.isSuccess() && !command.name().equals(LifecycleEvents.ON_FAILURE)) {
      onFailure(command, listener);
    }
    return end;
  }

  private Diagnostics runMarked(HostCommand command, OutputListener listener)
      throws IOException, InterruptedException {
    if (command.key() == null) {
      return carryOutRestricted(command, listener);
    }
    try (OngoingMark mark = new OngoingMark(options.layout(), command)) {
      LOG.debug("{} is marked as running by {}", command.name(), mark);
      return carryOutRestricted(command, listener);
    }
  }

  /** The modes are set before scripts run, and once more for what the command has made. */
  private Diagnostics carryOutRestricted(HostCommand command, OutputListener listener)
      throws InterruptedException {
    if (!options.chose(HostChoice.RESTRICT_DIRECTORIES)) {
      return carryOut(command, listener);
    }
    try {
      DirectoryModes.restrict(options.layout(), command.deployment());
      Diagnostics end = carryOut(command, listener);
      DirectoryModes.restrict(options.layout(), command.deployment());
      return end;
    } catch (IOException e) {
      return Diagnostics.unknownError(Texts.of(e));
    }
  }

  /**
   * Runs the scripts that the revision has for the case that one of its deployment's commands
   * fails. Whatever becomes of them, the command ended as it did.
   */
  private void onFailure(HostCommand failed, OutputListener listener) {
    HostDeployment deployment = failed.deployment();
    try {
      if (!Files.isDirectory(Path.of(options.layout().archiveOf(deployment)))) {
        return;
      }
      HookPlan plan =
          hookPlan(LifecycleEvents.ON_FAILURE, deployment)
              .with(ScriptVariables.FAILED_EVENT, failed.name());
      Diagnostics end = hook(plan, deployment, listener);
      if (!end.isSuccess()) {
        LOG.warn("{}: {} failed: {}", deployment.id(), plan.event(), end.message());
      }
    } catch (IOException | UncheckedIOException | DeployException e) {
      LOG.warn("{}: the scripts for a failure cannot run: {}", deployment.id(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("{}: the scripts for a failure were interrupted", deployment.id());
    }
  }

  private Diagnostics carryOut(HostCommand command, OutputListener listener)
      throws InterruptedException {
    try {
      Path deployment = Path.of(options.layout().directoryOf(command.deployment()));
      Files.createDirectories(deployment);
      return switch (command.name()) {
        case LifecycleEvents.DOWNLOAD_BUNDLE -> download(command, deployment, listener);
        case LifecycleEvents.INSTALL -> {
          installer.install(command, deployment, listener);
          yield Diagnostics.SUCCEEDED;
        }
        default ->
            hook(hookPlan(command.name(), command.deployment()), command.deployment(), listener);
      };
    } catch (HostCommandFailedException e) {
      return e.diagnostics();
    } catch (InstallRefusedException | DeployException e) {
      return Diagnostics.unknownError(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Diagnostics.unknownError(Texts.of(e));
    } catch (UncheckedIOException e) {
      return Diagnostics.unknownError(Texts.of(Texts.cause(e)));
    }
  }

  private Diagnostics download(HostCommand command, Path deployment, OutputListener listener)
      throws IOException {
    RevisionFiles revision = command.revision();
    if (revision == null) {
      throw new IllegalArgumentException("DownloadBundle needs a revision");
    }
    InstructionFiles files = files(command.deployment());
    Retention.sweep(
        deployment.resolveSibling(""),
        deployment,
        Optional.ofNullable(files.pointers().lastSuccessful()),
        options.maxRevisions());
    Path bundle = Path.of(Layout.bundleIn(deployment.toString()));
    Files.deleteIfExists(bundle);
    Progress progress = new Progress(listener, 0);
    revision.unpack(bundle, Path.of(Layout.archiveIn(deployment.toString())), progress::another);
    files.prepare();
    files.rememberDownload(deployment);
    return Diagnostics.SUCCEEDED;
  }

  @Override
  public InstallPlan installPlan(HostDeployment deployment, AppSpec appSpec, BundleIndex bundle)
      throws IOException {
    return installer.plan(deployment, appSpec, bundle);
  }

  private Diagnostics hook(HookPlan plan, HostDeployment deployment, OutputListener listener)
      throws IOException, InterruptedException {
    if (plan.isNoOp()) {
      return Diagnostics.SUCCEEDED;
    }
    Path log = Path.of(Layout.scriptLogIn(options.layout().directoryOf(deployment)));
    Files.createDirectories(log.resolveSibling(""));
    DeploymentsLog deployments = new DeploymentsLog(options, deployment.id(), clock);
    try (ScriptLog scripts = new ScriptLog(log, deployments, listener, clock, options.zone())) {
      return hooks.run(plan, scripts);
    }
  }

  @Override
  public HookPlan hookPlan(String event, HostDeployment deployment) throws IOException {
    if (!LifecycleEvents.hasScripts(event)) {
      return HookPlan.nothing(event);
    }
    Pointers pointers = files(deployment).pointers();
    boolean unpacked = Files.isDirectory(Path.of(options.layout().archiveOf(deployment)));
    Optional<String> source =
        EventRevision.directory(event, deployment, options.layout(), pointers, unpacked);
    if (source.isEmpty()) {
      return HookPlan.nothing(event);
    }
    Archive archive = new Archive(Layout.archiveIn(source.get()));
    boolean earlier = !source.get().equals(options.layout().directoryOf(deployment));
    if (earlier && !archive.exists()) {
      LOG.warn("{}: the revision that {} comes from is gone, nothing to run", archive, event);
      return HookPlan.nothing(event);
    }
    if (earlier) {
      LOG.info("{} runs the scripts of an earlier revision, in {}", event, archive);
    }
    AppSpec appSpec = parse(archive.appSpec(deployment.appSpecFile())).appSpec();
    return HookPlan.of(event, appSpec, archive.toString(), deployment, options.paths());
  }

  private ParsedAppSpec parse(Path file) throws IOException {
    return parser.parse(String.valueOf(file.getFileName()), Files.readAllBytes(file));
  }

  private InstructionFiles files(HostDeployment deployment) {
    return new InstructionFiles(options.layout(), deployment.group().id());
  }

  @Override
  public void close() {
    readers.shutdown();
    try {
      pipes.close();
    } catch (IOException e) {
      LOG.warn("named pipes are left in the directory of temporary files: {}", e.toString());
    }
  }
}
