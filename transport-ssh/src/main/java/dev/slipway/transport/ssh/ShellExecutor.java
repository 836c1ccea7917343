package dev.slipway.transport.ssh;

import dev.slipway.appspec.AppSpec;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.RevisionException;
import dev.slipway.fleet.Host;
import dev.slipway.host.bundle.BundleDigest;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.exec.CommandExecutor;
import dev.slipway.host.exec.HostCommand;
import dev.slipway.host.exec.HostCommandResult;
import dev.slipway.host.exec.LocalRevision;
import dev.slipway.host.exec.OutputListener;
import dev.slipway.host.local.Elsewhere;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.host.plan.TailBuffer;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the commands of one deployment on a host, one after the other, through the runner: as
 * a push does, but on the thread of who asks. A connection that breaks is made again, and an event
 * that runs is followed from where it was last heard.
 *
 * <p>For one thread, which may be interrupted: that ends the script that runs.
 */
final class ShellExecutor implements CommandExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(ShellExecutor.class);

  /** How often in a row a host may fail to be reached; the pauses between grow to half a minute. */
  private static final int MOST_FAILURES = 20;

  /** The same when all that is left to do there is to end an event: somebody waits for us. */
  private static final int MOST_FAILURES_OF_A_STOP = 5;

  /** What scripts need beside their own time, so that nothing but that ends them. */
  private static final Duration BETWEEN_SCRIPTS = Duration.ofMinutes(1);

  /** What stands for the digest of a directory, until it is packed. */
  private static final RevisionId NO_FILE = new RevisionId("0".repeat(64));

  private final Host host;
  private final HostSettings settings;
  private final SshOptions options;
  private final Dialer dialer;
  private final Retries retries;
  private final RunnerRequest request;
  private final HostDeployment deployment;
  private final EventPlanner planner;
  private final EventSender sender;
  private final Semaphore heard = new Semaphore(0);
  private final Map<String, Integer> attempts = new HashMap<>();
  private @Nullable Conversation conversation;
  private @Nullable SentBundle bundle;
  private @Nullable Path packed;

  private ShellExecutor(
      Host host,
      HostSettings settings,
      Elsewhere.Task task,
      String workingDirectory,
      SshOptions options,
      Dialer dialer) {
    this.host = host;
    this.settings = settings;
    this.options = options;
    this.dialer = dialer;
    this.retries = new Retries(options.connections());
    this.request = RunnerRequest.of(task.deployment(), settings, task.deploymentsLog());
    this.deployment = task.deployment();
    HostPaths paths = new HostPaths(settings.hostRoot(), workingDirectory, Map.of());
    this.planner = new EventPlanner(deployment, paths, settings.choices(), new AppSpecs());
    this.sender = new EventSender(host.id().value(), planner, task.maxRevisions());
  }

  /**
   * Reaches a host.
   *
   * @param workingDirectory what relative destinations start from, and scripts, absolute
   * @throws LinkFailure if it cannot be reached
   * @throws HostUnfitException if no deployment can be carried out there
   */
  static ShellExecutor reach(
      Host host,
      HostSettings settings,
      Elsewhere.Task task,
      String workingDirectory,
      SshOptions options,
      Dialer dialer)
      throws IOException, LinkFailure, HostUnfitException {
    ShellExecutor executor =
        new ShellExecutor(host, settings, task, workingDirectory, options, dialer);
    boolean done = false;
    try {
      Conversation talk = executor.dial();
      talk.awaitReady();
      executor.planner.refuseLiveAgent(talk.hello(), settings);
      done = true;
      return executor;
    } finally {
      if (!done) {
        executor.hangUp();
      }
    }
  }

  private Conversation dial() throws LinkFailure {
    Conversation talk = new Conversation(dialer.dial(host, settings, request));
    conversation = talk;
    talk.whenHeard(heard::release);
    return talk;
  }

  private Conversation talk() throws LinkFailure {
    Conversation talk = conversation;
    if (talk == null) {
      throw new LinkFailure(
          UnreachableReason.CONNECTION_LOST, "The connection to " + host + " was lost.", null);
    }
    return talk;
  }

  @Override
  public Layout layout() {
    Conversation talk = conversation;
    if (talk == null) {
      throw new IllegalStateException("there is no connection to " + host);
    }
    return talk.hello().layout();
  }

  /** What an event needs on the host, sent. */
  private interface Sending {
    void to(Conversation talk) throws IOException, LinkFailure, HostUnfitException;
  }

  /** How a host follows an event: under which name, and how much of its output was heard. */
  private static final class Followed implements Conversation.Listener {
    private final String event;
    private final String attempt;
    private final OutputListener listener;
    private final TailBuffer tail = new TailBuffer();
    private long offset;

    /** Whether it was sent, and may have begun. */
    private boolean mayBeOnHost;

    /** Whether the host has been told to run it over the connection that there is, or knows it. */
    private boolean isOnHost;

    /** Whether the host has said that it has begun. */
    private boolean hasBegun;

    /** Whether it is to end before its time. */
    private boolean isStopped;

    /** Whether the host was told so over the connection that there is. */
    private boolean isTold;

    Followed(String event, String attempt, OutputListener listener) {
      this.event = event;
      this.attempt = attempt;
      this.listener = listener;
    }

    @Override
    public void taken() {
      hasBegun = true;
    }

    @Override
    public void output(String lines, long bytes) {
      tail.add(lines);
      offset += bytes;
      if (!lines.isEmpty()) {
        listener.wrote(lines);
      }
    }
  }

  @Override
  public HostCommandResult run(HostCommand command, OutputListener listener) {
    int attempt = attempts.merge(command.name(), 1, Integer::sum);
    Diagnostics end = ending(() -> carryOut(command, String.valueOf(attempt), listener));
    if (!end.isSuccess() && !Thread.currentThread().isInterrupted()) {
      Diagnostics after =
          ending(() -> onFailure(command.name() + "-" + attempt, command, listener));
      if (!after.isSuccess()) {
        LOG.warn("{}: {} failed: {}", deployment.id(), LifecycleEvents.ON_FAILURE, after.message());
      }
    }
    return new HostCommandResult(end);
  }

  /** Something that ends as an event does. */
  private interface Event {
    Diagnostics run() throws IOException, LinkFailure, HostUnfitException;
  }

  private static Diagnostics ending(Event event) {
    try {
      return event.run();
    } catch (LinkFailure e) {
      return Diagnostics.unknownError(e.text());
    } catch (HostUnfitException e) {
      return Diagnostics.unknownError(e.text());
    } catch (IOException e) {
      return Diagnostics.unknownError("The connection to the host broke: " + e);
    } catch (InstallRefusedException | DeployException | IllegalArgumentException e) {
      return Diagnostics.unknownError(String.valueOf(e.getMessage()));
    }
  }

  private Diagnostics carryOut(HostCommand command, String attempt, OutputListener listener)
      throws IOException, LinkFailure, HostUnfitException {
    Followed followed = new Followed(command.name(), attempt, listener);
    return switch (command.name()) {
      case LifecycleEvents.DOWNLOAD_BUNDLE -> {
        SentBundle sent = take(command);
        planner.requireTools(talk().hello(), sent);
        yield end(followed, HookPlan.nothing(command.name()), talk -> sender.download(sent, talk));
      }
      case LifecycleEvents.INSTALL ->
          end(
              followed,
              HookPlan.nothing(command.name()),
              talk -> sender.install(tree(), command.possibleEvents(), talk));
      default -> scripts(followed, planner.hooks(command.name(), talk().hello()));
    };
  }

  private Diagnostics onFailure(String failed, HostCommand command, OutputListener listener)
      throws IOException, LinkFailure, HostUnfitException {
    HookPlan plan = sender.onFailure(command.name(), talk());
    return scripts(new Followed(LifecycleEvents.ON_FAILURE, failed, listener), plan);
  }

  private Diagnostics scripts(Followed followed, HookPlan plan)
      throws IOException, LinkFailure, HostUnfitException {
    if (plan.isNoOp()) {
      return Diagnostics.SUCCEEDED;
    }
    Duration limit =
        plan.runs().stream().map(HookRun::timeout).reduce(BETWEEN_SCRIPTS, Duration::plus);
    return end(followed, plan, talk -> sender.hooks(plan, limit, talk));
  }

  private SentBundle take(HostCommand command) {
    if (!(command.revision() instanceof LocalRevision revision)) {
      throw new IllegalArgumentException("DownloadBundle needs a revision of this machine");
    }
    boolean isFile = revision.type() != BundleType.DIRECTORY;
    Path location = revision.location();
    Bundle given;
    try {
      given =
          new Bundle(
              isFile ? BundleDigest.of(location) : NO_FILE,
              revision.type(),
              location,
              isFile ? Files.size(location) : 0);
    } catch (IOException e) {
      throw new RevisionException(location + " cannot be read: " + e, e);
    }
    SentBundle sent =
        SentBundle.of(
            given,
            options.workDirectory(),
            new TreeSet<>(deployment.appSpecFile().candidates()),
            revision.intake());
    bundle = sent;
    packed = sent.file().equals(location) ? null : sent.file();
    return sent;
  }

  private BundleIndex tree() {
    SentBundle sent = bundle;
    return sent == null ? BundleIndex.of(List.of(), Map.of()) : sent.index();
  }

  /** Has the host run an event, and hears it to its end, however often the connection breaks. */
  private Diagnostics end(Followed followed, HookPlan plan, Sending sending)
      throws IOException, LinkFailure, HostUnfitException {
    LinkFailure lost = null;
    int failures = 0;
    try {
      while (true) {
        try {
          if (lost != null) {
            pause(failures);
            lost = null;
          }
          Diagnostics end = listen(followed, plan, sending);
          failures = 0;
          if (end != null) {
            return end;
          }
        } catch (LinkFailure | IOException e) {
          hangUp();
          lost = e instanceof LinkFailure failure ? failure : broken(e);
          LOG.debug("{} is lost", host, e);
          failures++;
          followed.isTold = false;
          if (isInterrupt(e) && gaveUp(followed)) {
            return interrupted(followed);
          }
          if (isHopeless(followed, lost, failures)) {
            throw new LinkFailure(lost.reason(), lost.text() + mayGoOn(followed), e);
          }
        } catch (InterruptedException e) {
          if (gaveUp(followed)) {
            return interrupted(followed);
          }
        }
      }
    } finally {
      if (followed.isStopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Reaches the host, has it run the event if it does not, and hears what there is to hear. */
  private @Nullable Diagnostics listen(Followed followed, HookPlan plan, Sending sending)
      throws IOException, LinkFailure, HostUnfitException, InterruptedException {
    Conversation talk = conversation == null ? again(followed) : talk();
    if (followed.hasBegun && !followed.isOnHost) {
      // An outage has taken its ticket, which was not on the disk yet. It must not run twice.
      return Diagnostics.AFTER_RESTART;
    }
    if (!followed.isOnHost && !followed.isStopped) {
      send(sending, talk);
      followed.mayBeOnHost = true;
      talk.run(followed.event, followed.attempt, talk.hello().generation(), 0);
    } else if (!followed.isOnHost && talk.bar(followed.event, followed.attempt, followed.offset)) {
      followed.mayBeOnHost = false;
      return interrupted(followed);
    }
    followed.isOnHost = true;
    if (followed.isStopped && !followed.isTold) {
      talk.stop(followed.event, followed.attempt);
      followed.isTold = true;
    }
    EventEnd end = talk.follow(followed);
    if (end == null && !heard.tryAcquire(options.keepAlive().toMillis(), TimeUnit.MILLISECONDS)) {
      talk.probe();
    }
    return end == null ? null : EventOutcome.of(end, plan, followed.tail.toString());
  }

  private static void send(Sending sending, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    try {
      sending.to(talk);
    } catch (IOException e) {
      talk.explain();
      throw e;
    }
  }

  private static LinkFailure broken(Exception e) {
    return new LinkFailure(
        UnreachableReason.CONNECTION_LOST, "The connection to the host broke: " + e, e);
  }

  /** SSHJ and the streams of the JDK hand an interrupt on inside of what they throw. */
  private static boolean isInterrupt(Throwable e) {
    boolean isInterrupt = Thread.interrupted();
    for (Throwable one = e; one != null && !isInterrupt; one = one.getCause()) {
      isInterrupt =
          one instanceof InterruptedException
              || (one instanceof InterruptedIOException
                  && !(one instanceof SocketTimeoutException));
    }
    return isInterrupt;
  }

  /** A host that was lost while it worked may refuse us while it starts again. */
  private static boolean isHopeless(Followed followed, LinkFailure last, int failures) {
    int most = followed.isStopped ? MOST_FAILURES_OF_A_STOP : MOST_FAILURES;
    return failures > most || (last.reason().isFinal() && failures > 1 && !followed.mayBeOnHost);
  }

  private static String mayGoOn(Followed followed) {
    return followed.mayBeOnHost && !followed.isTold
        ? " " + followed.event + " may go on there."
        : "";
  }

  private static Diagnostics interrupted(Followed followed) {
    return Diagnostics.unknownError(followed.event + " was interrupted." + mayGoOn(followed));
  }

  /**
   * The question whether the host knows the event goes out before the host has said hello. A host
   * that was fit before is not unfit now: it may be on its way down or up, and the event go on.
   */
  private Conversation again(Followed followed) throws IOException, LinkFailure {
    Conversation talk = dial();
    talk.ask(followed.event, followed.attempt, followed.offset);
    try {
      talk.awaitReady();
      followed.isOnHost = talk.isKnown();
    } catch (HostUnfitException e) {
      throw new LinkFailure(UnreachableReason.CONNECTION_LOST, e.text(), e);
    }
    followed.mayBeOnHost |= followed.isOnHost;
    return talk;
  }

  /** An interrupt ends the pause. */
  private void pause(int failures) throws InterruptedException {
    heard.drainPermits();
    boolean unused =
        heard.tryAcquire(retries.pauseAfter(failures).toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * After an interrupt the event is only to end, and the host is told so as soon as there is a
   * connection. Returns whether there is nothing to tell it, or nobody wants to wait for that.
   */
  private static boolean gaveUp(Followed followed) {
    boolean isImpatient = followed.isStopped;
    followed.isStopped = true;
    return isImpatient || !followed.mayBeOnHost;
  }

  @Override
  public HookPlan hookPlan(String event, HostDeployment about) throws IOException {
    try {
      return planner.hooks(event, talk().hello());
    } catch (LinkFailure e) {
      throw new IOException(e.text(), e);
    }
  }

  @Override
  public InstallPlan installPlan(HostDeployment about, AppSpec appSpec, BundleIndex tree)
      throws IOException {
    try {
      return sender.plan(appSpec, tree, talk());
    } catch (LinkFailure e) {
      throw new IOException(e.text(), e);
    } catch (HostUnfitException e) {
      throw new IOException(e.text(), e);
    }
  }

  private void hangUp() {
    Conversation talk = conversation;
    conversation = null;
    if (talk != null) {
      talk.close();
    }
  }

  /** Says goodbye and lets go of everything. */
  @Override
  public void close() {
    Conversation talk = conversation;
    if (talk != null) {
      try {
        talk.release();
        awaitEnd(talk);
      } catch (IOException e) {
        LOG.debug("{} is released without a goodbye", host, e);
      }
    }
    hangUp();
    SentBundle sent = bundle;
    Path ours = packed;
    if (sent != null) {
      try {
        sent.deltas().delete();
        if (ours != null) {
          Files.deleteIfExists(ours);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * What the runner leaves is gone when it has ended, and who looks then sees only the deployment.
   */
  private void awaitEnd(Conversation talk) {
    try {
      while (!talk.hasEnded()
          && heard.tryAcquire(options.keepAlive().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.trace("{} still tidies up", host);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
