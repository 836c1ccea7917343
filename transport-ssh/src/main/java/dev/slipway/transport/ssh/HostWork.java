package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.appspec.AppSpec;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.AppSpecException;
import dev.slipway.fleet.Host;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.DesiredInstall;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.HostQuestions;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done on a host to run an event: connect, ask, send, listen. Each method does one step and
 * leaves the next one in the attempt's phase; none waits for an event to end.
 *
 * <p>One thread at a time takes steps; {@link #stop}, {@link #probe} and {@link #close} may come
 * from others.
 */
final class HostWork {

  private static final Logger LOG = LoggerFactory.getLogger(HostWork.class);

  private final Host host;
  private final HostSettings settings;
  private final HostDeployment deployment;
  private final EventPlanner planner;
  private final SentBundles.Lease bundle;
  private final Dialer dialer;
  private final int maxRevisions;
  private volatile @Nullable Conversation conversation;
  private volatile boolean closed;

  HostWork(
      Host host,
      HostSettings settings,
      HostDeployment deployment,
      SentBundles.Lease bundle,
      Dialer dialer,
      int maxRevisions) {
    this.host = host;
    this.settings = settings;
    this.deployment = deployment;
    this.planner = new EventPlanner(deployment, settings);
    this.bundle = bundle;
    this.dialer = dialer;
    this.maxRevisions = maxRevisions;
  }

  /** Returns whether there is a connection, as far as anybody knows. */
  boolean isConnected() {
    Conversation talk = conversation;
    return talk != null && !talk.hasEnded();
  }

  /**
   * Reaches the host and asks for the event, if there is no connection that says how it stands.
   *
   * @return how the event ended, or null if it goes on
   */
  @Nullable Diagnostics begin(Attempt attempt, HostSession session)
      throws LinkFailure, IOException, HostUnfitException, InterruptedException {
    Conversation talk = conversation;
    if (talk != null && talk.hasEnded()) {
      hangUp();
      talk = null;
    }
    if (talk == null) {
      talk = connect(attempt, session);
      session.reached(attempt);
      if (talk.isKnown()) {
        resume(attempt, session, talk);
        return null;
      }
      if (!session.absent(attempt)) {
        return takeBack(attempt, session, talk);
      }
      planner.checkHost(talk.hello(), settings, bundle.get());
    }
    // The host is there and fit; how long a bundle is on its way says nothing about that.
    attempt.take();
    if (attempt.event() == LifecycleEvent.DOWNLOAD_BUNDLE) {
      session.next(attempt, Attempt.Phase.TO_SEND);
      return null;
    }
    return send(attempt, session);
  }

  /** The question whether the host knows the event goes out before the host has said hello. */
  private Conversation connect(Attempt attempt, HostSession session)
      throws LinkFailure, IOException, HostUnfitException {
    RunnerLink link = dialer.dial(host, settings, RunnerRequest.of(deployment, settings));
    Conversation talk = new Conversation(link);
    conversation = talk;
    if (closed) {
      hangUp();
    }
    talk.whenHeard(session::wake);
    talk.ask(attempt.event(), attempt.number(), attempt.offset());
    try {
      talk.awaitReady();
    } catch (HostUnfitException e) {
      if (attempt.isTaken()) {
        // It was fit before: it may be on its way down or up, and the event may go on there.
        throw new LinkFailure(UnreachableReason.CONNECTION_LOST, e.text(), e);
      }
      throw e;
    }
    return talk;
  }

  /** What was sent over an earlier connection may still be on its way. */
  private @Nullable Diagnostics takeBack(Attempt attempt, HostSession session, Conversation talk)
      throws LinkFailure, IOException, HostUnfitException {
    if (talk.bar(attempt.event(), attempt.number(), attempt.offset())) {
      // Neither must what was sent for the event be there for another one.
      hangUp();
      return HostSession.NOT_STARTED;
    }
    resume(attempt, session, talk);
    return null;
  }

  private void resume(Attempt attempt, HostSession session, Conversation talk) throws IOException {
    session.sent(attempt);
    attempt.take();
    if (attempt.event().isScriptable() && attempt.plan().isNoOp()) {
      attempt.plan(scriptsOf(attempt, talk));
    }
    // In this order, so that a wish to stop that comes between is not missed.
    session.next(attempt, Attempt.Phase.FOLLOWED);
    if (session.isStopWanted(attempt)) {
      talk.stop(attempt.event(), attempt.number());
    }
  }

  /**
   * What runs already was planned by somebody else, and may have changed its AppSpec since; that is
   * no reason to fail it.
   */
  private HookPlan scriptsOf(Attempt attempt, Conversation talk) {
    try {
      return planner.hooks(attempt.event(), talk.hello());
    } catch (AppSpecException | HostUnfitException e) {
      LOG.debug("{}: which scripts run is not known", attempt.key(), e);
      return attempt.plan();
    }
  }

  /**
   * Sends what the event needs, and starts it.
   *
   * @return how the event ended, or null if it goes on
   */
  @Nullable Diagnostics send(Attempt attempt, HostSession session)
      throws LinkFailure, IOException, HostUnfitException, InterruptedException {
    Conversation talk = conversation;
    if (talk == null) {
      session.next(attempt, Attempt.Phase.TO_BEGIN);
      return null;
    }
    LifecycleEvent event = attempt.event();
    if (event == LifecycleEvent.DOWNLOAD_BUNDLE) {
      SentBundle sent = bundle.get();
      talk.send("bundle", sent.file(), sent.size());
      talk.send("plan", DownloadSteps.of(sent.type(), sent.id(), maxRevisions));
    } else if (event == LifecycleEvent.INSTALL) {
      sendInstall(talk);
    } else {
      HookPlan plan = planner.hooks(event, talk.hello());
      attempt.plan(plan);
      if (plan.isNoOp()) {
        return Diagnostics.SUCCEEDED;
      }
      talk.send("plan", HookSteps.of(plan, attempt.command().timeout()));
    }
    if (!session.maySend(attempt)) {
      return takeBack(attempt, session, talk);
    }
    // Before it is run, so that a wish to stop that comes between is not missed.
    session.next(attempt, Attempt.Phase.FOLLOWED);
    talk.run(event, attempt.number(), attempt.command().generation(), 0);
    if (session.isStopWanted(attempt)) {
      talk.stop(event, attempt.number());
    }
    return null;
  }

  private void sendInstall(Conversation talk)
      throws LinkFailure, IOException, HostUnfitException, InterruptedException {
    CleanupList cleanup = EventPlanner.cleanup(talk.hello());
    AppSpec appSpec = planner.appSpecForInstall(talk.hello());
    NavigableSet<String> accounts = HostPaths.homesIn(appSpec);
    Map<String, String> homes = accounts.isEmpty() ? Map.of() : talk.homes(accounts);
    DesiredInstall desired = planner.install(appSpec, bundle.get().index(), homes, talk.hello());
    HostQuestions questions = desired.questions(cleanup);
    FactsAnswer answer = talk.facts(questions);
    byte[] tree = answer.tree();
    if (tree != null) {
      desired = planner.install(appSpec, ListedTree.parse(tree), homes, talk.hello());
      if (!questions.equals(desired.questions(cleanup))) {
        answer = talk.facts(desired.questions(cleanup));
      }
    }
    InstallPlan plan = desired.resolve(answer.facts(), cleanup);
    plan.reaches().stream()
        .filter(reach -> reach.paths() == 0)
        .forEach(reach -> LOG.warn("{}: {}", host.id(), reach.sentence()));
    talk.send("install.json", plan.toJson().getBytes(UTF_8));
    talk.send("plan", InstallSteps.of(plan, answer.facts()));
  }

  /**
   * Hears what the host has said of the event.
   *
   * @return how the event ended, or null if it goes on
   */
  @Nullable Diagnostics listen(Attempt attempt, HostSession session)
      throws LinkFailure, IOException, HostUnfitException {
    Conversation talk = conversation;
    if (talk == null) {
      session.next(attempt, Attempt.Phase.TO_BEGIN);
      return null;
    }
    EventEnd end =
        talk.follow(
            new Conversation.Listener() {
              @Override
              public void taken() {
                attempt.take();
              }

              @Override
              public void output(String lines, long bytes) {
                attempt.output(lines, bytes);
                if (!lines.isEmpty()) {
                  attempt.reports().output(attempt.key(), lines);
                }
              }
            });
    return end == null ? null : EventOutcome.of(end, attempt.plan(), attempt.log());
  }

  /** Asks the host to end a script, if there is a connection now. */
  void stop(Attempt attempt) {
    Conversation talk = conversation;
    if (talk != null) {
      try {
        talk.stop(attempt.event(), attempt.number());
      } catch (IOException e) {
        LOG.debug("{}: the wish to stop goes out when the host is back", attempt.key(), e);
      }
    }
  }

  /** Looks whether a silent connection still lives; if not, whoever waits for it will hear. */
  void probe() {
    Conversation talk = conversation;
    if (talk != null) {
      talk.probe();
    }
  }

  /** Forgets the connection. */
  void hangUp() {
    Conversation talk = conversation;
    conversation = null;
    if (talk != null) {
      talk.close();
    }
  }

  /** Says goodbye and lets go of everything. */
  void close() {
    closed = true;
    Conversation talk = conversation;
    if (talk != null) {
      try {
        talk.release();
      } catch (IOException e) {
        LOG.debug("{} is released without a goodbye", host, e);
      }
    }
    try {
      hangUp();
    } finally {
      bundle.close();
    }
  }
}
