package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.appspec.AppSpec;
import dev.slipway.failure.AppSpecException;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.plan.CleanupList;
import dev.slipway.host.plan.DesiredInstall;
import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.HostQuestions;
import dev.slipway.host.plan.InstallPlan;
import dev.slipway.host.plan.InstallRefusedException;
import dev.slipway.host.plan.LifecycleEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what a host needs for an event out of what it says of itself, and sends that. */
final class EventSender {

  private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);

  private final String host;
  private final EventPlanner planner;
  private final int maxRevisions;

  /**
   * Makes one.
   *
   * @param host the host, for logs
   * @param maxRevisions how many revisions of the group stay on the host, this one included
   */
  EventSender(String host, EventPlanner planner, int maxRevisions) {
    this.host = host;
    this.planner = planner;
    this.maxRevisions = maxRevisions;
  }

  /** Sends what DownloadBundle needs: of the bundle only what the host does not hold. */
  void download(SentBundle bundle, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    TarMap map = bundle.deltas().map();
    boolean isAssembled = map != null && sendDelta(bundle.deltas(), map, talk);
    if (!isAssembled) {
      talk.send("bundle.tar", bundle.file(), bundle.size());
    }
    if (map != null) {
      talk.send("held", map.listing());
    }
    talk.sendSteps(planner.steps(bundle, maxRevisions, isAssembled));
  }

  private boolean sendDelta(Deltas deltas, TarMap map, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    String holder = talk.hello().holder();
    if (holder.isEmpty() || !talk.hello().has("gzip")) {
      return false;
    }
    Map<String, String> held = Delta.held(holder, talk.have());
    Optional<Delta> delta = delta(deltas, held.keySet());
    if (delta.isEmpty()) {
      return false;
    }
    String name = delta.get().isPacked() ? "pieces.tgz" : "pieces.tar";
    talk.send(name, delta.get().pieces(), delta.get().size());
    boolean isAssembled = talk.assemble(map, delta.get().names(held));
    if (!isAssembled) {
      LOG.info("{}: what it holds of the last revision has changed, it gets all of the new", host);
    }
    return isAssembled;
  }

  /** Where there is no room for pieces, the bundle itself is there still. */
  private Optional<Delta> delta(Deltas deltas, Set<String> held) {
    try {
      return deltas.to(held);
    } catch (IOException e) {
      LOG.warn("{} gets the whole bundle, for what it lacks cannot be put together", host, e);
      return Optional.empty();
    }
  }

  /** Sends what the scripts of an event need. */
  void hooks(HookPlan plan, Duration limit, Conversation talk) throws IOException {
    Map<String, String> remembered = talk.rememberedVariables();
    talk.sendScripts(planner.steps(plan, limit, talk.hello(), remembered), plan.variables());
  }

  /**
   * Sends what Install needs.
   *
   * @param tree the revision as it was sent
   * @param possibleEvents every event that the deployment may run; empty not to look
   * @throws InstallRefusedException if it cannot be done
   */
  void install(BundleIndex tree, List<String> possibleEvents, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    AppSpec appSpec = planner.appSpecForInstall(talk.hello());
    planner.check(possibleEvents, appSpec);
    InstallWish wish = wish(appSpec, tree, true, talk);
    wish.plan().reaches().stream()
        .filter(reach -> reach.paths() == 0)
        .forEach(reach -> LOG.warn("{}: {}", host, reach.sentence()));
    talk.send("install.json", wish.plan().toJson().getBytes(UTF_8));
    talk.sendSteps(planner.steps(wish.plan(), wish.answer().facts()));
  }

  /** Returns what Install would do with a revision that is not on the host. */
  InstallPlan plan(AppSpec appSpec, BundleIndex tree, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    return wish(appSpec, tree, false, talk).plan();
  }

  private record InstallWish(InstallPlan plan, FactsAnswer answer) {}

  private InstallWish wish(AppSpec appSpec, BundleIndex sent, boolean isOnHost, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    CleanupList cleanup = EventPlanner.cleanup(talk.hello());
    NavigableSet<String> accounts = HostPaths.homesIn(appSpec);
    Map<String, String> homes = accounts.isEmpty() ? Map.of() : talk.homes(accounts);
    DesiredInstall desired = planner.install(appSpec, sent, homes, talk.hello());
    HostQuestions questions = desired.questions(cleanup);
    FactsAnswer answer = talk.facts(questions);
    byte[] tree = answer.tree();
    if (tree != null && isOnHost) {
      desired = planner.install(appSpec, ListedTree.parse(tree), homes, talk.hello());
      if (!questions.equals(desired.questions(cleanup))) {
        answer = talk.facts(desired.questions(cleanup));
      }
    }
    try {
      return new InstallWish(desired.resolve(answer.facts(), cleanup), answer);
    } catch (InstallRefusedException e) {
      throw namingItsOwner(e, talk);
    }
  }

  private static InstallRefusedException namingItsOwner(
      InstallRefusedException refusal, Conversation talk)
      throws IOException, LinkFailure, HostUnfitException {
    Optional<String> path = refusal.pathInTheWay();
    if (path.isEmpty()) {
      return refusal;
    }
    return talk.owner(path.get()).map(refusal::installedBy).orElse(refusal);
  }

  /**
   * Returns the scripts for the case that a command of the deployment fails; none where the
   * revision is not on the host or has none.
   */
  HookPlan onFailure(String failed, Conversation talk) {
    if (talk.hello().isUnpacked()) {
      try {
        return planner.onFailure(failed, talk.hello());
      } catch (AppSpecException e) {
        LOG.warn("{}: the scripts for a failure cannot run: {}", host, e.getMessage());
      }
    }
    return HookPlan.nothing(LifecycleEvents.ON_FAILURE);
  }
}
