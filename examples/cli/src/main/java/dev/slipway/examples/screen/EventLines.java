package dev.slipway.examples.screen;

import dev.slipway.event.CheckAnswered;
import dev.slipway.event.CheckVerdict;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostLost;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutApproved;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.StopRequested;
import dev.slipway.event.WaveStarted;
import dev.slipway.event.WindowClosed;
import dev.slipway.fleet.HostId;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Tells a rollout line by line: what a log of it should have, and not each step of each host. */
final class EventLines implements EventVisitor {

  private static final int MOST_NAMES = 12;

  private final PrintWriter out;

  EventLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void rolloutStarted(RolloutStarted event) {
    say(
        "%d hosts, at least %d stay healthy, at most %d may fail"
            .formatted(event.hosts(), event.minimumHealthy(), event.failureBudget()));
  }

  @Override
  public void waveStarted(WaveStarted event) {
    say(
        "wave %d: %s"
            .formatted(
                event.number(),
                event.hosts().stream().map(HostId::value).collect(Collectors.joining(", "))));
  }

  @Override
  public void hostLost(HostLost event) {
    say(event.host() + " lost: " + event.message());
  }

  @Override
  public void hostFinished(HostFinished event) {
    String reason = event.reason().isEmpty() ? "" : ": " + event.reason();
    say(event.host() + " " + event.status().wireName() + reason);
  }

  @Override
  public void rolloutPaused(RolloutPaused event) {
    say("paused: " + event.reason());
  }

  @Override
  public void rolloutResumed(RolloutResumed event) {
    say("resumed: " + event.reason());
  }

  @Override
  public void checkpointReached(CheckpointReached event) {
    String approval =
        event.approveBy() == null ? "" : ", somebody must approve by " + event.approveBy();
    say(
        "%d hosts have started, and are watched until %s%s"
            .formatted(event.started(), event.bakeUntil(), approval));
  }

  @Override
  public void rolloutApproved(RolloutApproved event) {
    say(with("approved by " + event.by(), event.comment()));
  }

  /** What is well is asked so often that only the rest is told. */
  @Override
  public void checkAnswered(CheckAnswered event) {
    if (event.verdict() != CheckVerdict.PASSED) {
      String host = event.host() == null ? "" : " of " + event.host();
      say(with("'" + event.name() + "'" + host + ": " + event.verdict(), event.message()));
    }
  }

  @Override
  public void windowClosed(WindowClosed event) {
    say(event.why() + (event.until() == null ? "" : ", until " + event.until()));
  }

  private static String with(String text, String comment) {
    return comment.isEmpty() ? text : text + ": " + comment;
  }

  @Override
  public void stopRequested(StopRequested event) {
    say("stop requested: " + event.reason());
  }

  @Override
  public void rolloutAborted(RolloutAborted event) {
    say("no further host starts: " + event.message());
  }

  @Override
  public void hostsJoined(HostsJoined event) {
    if (!event.trouble().isEmpty()) {
      say("which hosts have joined is not known: " + event.trouble());
      return;
    }
    String names =
        event.hosts().stream()
            .limit(MOST_NAMES)
            .map(HostId::value)
            .collect(Collectors.joining(", "));
    int more = event.hosts().size() - MOST_NAMES;
    say(
        "hosts have joined: "
            + names
            + (more > 0 ? " and " + more + " more" : "")
            + (event.update() == null ? "" : "; they get it with deployment " + event.update()));
  }

  @Override
  public void rollbackPlanned(RollbackPlanned event) {
    say("rolling back to revision " + event.revision() + " with deployment " + event.rollback());
  }

  @Override
  public void rollbackSkipped(RollbackSkipped event) {
    say("no rollback: " + event.reason());
  }

  @Override
  public void rolloutEnded(RolloutEnded event) {
    String error =
        event.error() == null ? "" : " (" + event.error().code() + "): " + event.error().message();
    say(event.status().wireName() + error);
  }

  private void say(String line) {
    out.println("  " + line);
    out.flush();
  }
}
