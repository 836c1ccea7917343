package dev.slipway.transport.ssh;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.AppSpecException;
import dev.slipway.fleet.Host;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done on a host to run an event: connect, ask, send, listen. Each method does one step and
 * leaves the next one in the attempt's phase; none waits for an event to end.
 *
 * <p>One thread at a time takes steps; {@link #stop}, {@link #probe}, {@link #hangUp} and {@link
 * #close} may come from others.
 */
final class HostWork {

  private static final Logger LOG = LoggerFactory.getLogger(HostWork.class);

  private final Host host;
  private final HostSettings settings;
  private final HostDeployment deployment;
  private final EventPlanner planner;
  private final EventSender sender;
  private final SentBundles.Lease bundle;
  private final Dialer dialer;
  private volatile @Nullable Conversation conversation;

  HostWork(
      Host host,
      HostSettings settings,
      HostDeployment deployment,
      SentBundles.Lease bundle,
      AppSpecs appSpecs,
      Dialer dialer,
      int maxRevisions) {
    this.host = host;
    this.settings = settings;
    this.deployment = deployment;
    HostPaths paths = new HostPaths(settings.hostRoot(), "/", Map.of());
    this.planner = new EventPlanner(deployment, paths, settings.choices(), appSpecs);
    this.sender = new EventSender(host.id().value(), planner, maxRevisions);
    this.bundle = bundle;
    this.dialer = dialer;
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
    attempt.followsOnFailure(false);
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
      if (session.hasBegun(attempt)) {
        // An outage has taken its ticket, which was not on the disk yet. It must not run twice.
        return Diagnostics.AFTER_RESTART;
      }
      if (!session.absent(attempt)) {
        return takeBack(attempt, session, talk);
      }
      planner.refuseLiveAgent(talk.hello(), settings);
      planner.requireTools(talk.hello(), bundle.get());
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
    RunnerRequest request = RunnerRequest.of(deployment, settings, RunnerRequest.AGENT);
    RunnerLink link = dialer.dial(host, settings, request);
    Conversation talk = new Conversation(link);
    conversation = talk;
    if (session.isOver(attempt)) {
      // Whoever ended it has not seen this link.
      hangUp();
    }
    talk.whenHeard(session::wake);
    talk.ask(attempt.eventName(), attempt.number(), attempt.offset());
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
    if (talk.bar(attempt.eventName(), attempt.number(), attempt.offset())) {
      // Neither must what was sent for the event be there for another one.
      hangUp();
      return HostSession.NOT_STARTED;
    }
    resume(attempt, session, talk);
    return null;
  }

  private void resume(Attempt attempt, HostSession session, Conversation talk) throws IOException {
    session.begun(attempt);
    attempt.take();
    if (attempt.event().isScriptable() && attempt.plan().isNoOp()) {
      attempt.plan(scriptsOf(attempt, talk));
    }
    // In this order, so that a wish to stop that comes between is not missed.
    session.next(attempt, Attempt.Phase.FOLLOWED);
    if (session.isStopWanted(attempt)) {
      talk.stop(attempt.eventName(), attempt.number());
    }
  }

  /**
   * What runs already was planned by somebody else, and may have changed its AppSpec since; that is
   * no reason to fail it.
   */
  private HookPlan scriptsOf(Attempt attempt, Conversation talk) {
    try {
      return planner.hooks(attempt.eventName(), talk.hello());
    } catch (AppSpecException e) {
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
    try {
      return send(attempt, session, talk);
    } catch (IOException e) {
      talk.explain();
      throw e;
    }
  }

  private @Nullable Diagnostics send(Attempt attempt, HostSession session, Conversation talk)
      throws LinkFailure, IOException, HostUnfitException, InterruptedException {
    LifecycleEvent event = attempt.event();
    if (event == LifecycleEvent.DOWNLOAD_BUNDLE) {
      sender.download(bundle.get(), talk);
    } else if (event == LifecycleEvent.INSTALL) {
      sender.install(bundle.get().index(), List.of(), talk);
    } else {
      HookPlan plan = planner.hooks(attempt.eventName(), talk.hello());
      attempt.plan(plan);
      if (plan.isNoOp()) {
        return Diagnostics.SUCCEEDED;
      }
      sender.hooks(plan, attempt.command().timeout(), talk);
    }
    if (!session.maySend(attempt)) {
      return takeBack(attempt, session, talk);
    }
    // Before it is run, so that a wish to stop that comes between is not missed.
    session.next(attempt, Attempt.Phase.FOLLOWED);
    talk.run(attempt.eventName(), attempt.number(), attempt.command().generation(), 0);
    if (session.isStopWanted(attempt)) {
      talk.stop(attempt.eventName(), attempt.number());
    }
    return null;
  }

  /**
   * Starts the scripts that the revision has for the case that an event fails, or goes on with
   * them. Whatever becomes of them, the event ended as it did.
   *
   * @return whether there are some, whose end is to be heard before the event is over
   */
  boolean runOnFailure(Attempt attempt, Diagnostics end, HostSession session) throws IOException {
    Conversation talk = conversation;
    if (talk == null || talk.hasEnded() || !attempt.isTaken()) {
      return false;
    }
    HookPlan plan = sender.onFailure(attempt.eventName(), talk);
    if (plan.isNoOp()) {
      return false;
    }
    sender.hooks(plan, attempt.command().timeout(), talk);
    attempt.failed(end);
    attempt.followsOnFailure(true);
    session.next(attempt, Attempt.Phase.FOLLOWED);
    talk.run(
        LifecycleEvents.ON_FAILURE,
        attempt.nameOnFailure(),
        attempt.command().generation(),
        attempt.offsetOnFailure());
    if (session.isStopWanted(attempt)) {
      talk.stop(LifecycleEvents.ON_FAILURE, attempt.nameOnFailure());
    }
    return true;
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
                if (!attempt.isFollowingOnFailure()) {
                  session.begun(attempt);
                }
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
    if (end == null) {
      return null;
    }
    return attempt.isFollowingOnFailure()
        ? attempt.failure()
        : EventOutcome.of(end, attempt.plan(), attempt.log());
  }

  /** Asks the host to end a script, if there is a connection now. */
  void stop(Attempt attempt) {
    Conversation talk = conversation;
    if (talk != null) {
      try {
        if (attempt.isFollowingOnFailure()) {
          talk.stop(LifecycleEvents.ON_FAILURE, attempt.nameOnFailure());
        } else {
          talk.stop(attempt.eventName(), attempt.number());
        }
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

  /**
   * Says goodbye and lets go of everything.
   *
   * @param isAtRest whether the host has nothing more to say
   */
  void close(boolean isAtRest) {
    try {
      sayGoodbye(isAtRest);
    } finally {
      try {
        hangUp();
      } finally {
        bundle.close();
      }
    }
  }

  private void sayGoodbye(boolean isAtRest) {
    Conversation talk = conversation;
    if (talk != null) {
      try {
        // Asked before, because a runner may be released and gone at once.
        boolean isThere = !talk.hasEnded();
        if (talk.release() && isAtRest && isThere) {
          conversation = null;
          talk.whenHeard(() -> {});
          talk.leave();
        }
      } catch (IOException e) {
        LOG.debug("{} is released without a goodbye", host, e);
      }
    }
  }
}
