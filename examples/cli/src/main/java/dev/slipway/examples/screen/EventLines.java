package dev.slipway.examples.screen;

import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostLost;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.StopRequested;
import dev.slipway.event.WaveStarted;
import dev.slipway.fleet.HostId;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Tells a rollout line by line: what a log of it should have, and not each step of each host. */
final class EventLines implements EventVisitor {

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
  public void stopRequested(StopRequested event) {
    say("stop requested: " + event.reason());
  }

  @Override
  public void rolloutAborted(RolloutAborted event) {
    say("no further host starts: " + event.message());
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
