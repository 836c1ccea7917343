package dev.slipway.event;

/** Takes events apart by kind. What it does not override goes to {@link #otherwise}. */
public interface EventVisitor {

  /** Takes every event that has no method of its own here. */
  default void otherwise(RolloutEvent event) {}

  /** The rollout may begin: its numbers are fixed. */
  default void rolloutStarted(RolloutStarted event) {
    otherwise(event);
  }

  /** Hosts have appeared in the inventory while the rollout ran. */
  default void hostsJoined(HostsJoined event) {
    otherwise(event);
  }

  /** Blue/green: a replacement host waits for the traffic switch. */
  default void hostReady(HostReady event) {
    otherwise(event);
  }

  /** Blue/green: somebody must ask for the switch. */
  default void switchAwaited(SwitchAwaited event) {
    otherwise(event);
  }

  /** Blue/green: traffic is switched from now on. */
  default void switchBegun(SwitchBegun event) {
    otherwise(event);
  }

  /** Blue/green: the original hosts stay for a while. */
  default void terminationAwaited(TerminationAwaited event) {
    otherwise(event);
  }

  /** Blue/green: the terminator is told to end the original hosts. */
  default void terminationOrdered(TerminationOrdered event) {
    otherwise(event);
  }

  /** Blue/green: the end of the original hosts is nobody's business any more. */
  default void terminationSettled(TerminationSettled event) {
    otherwise(event);
  }

  /** Blue/green: hosts begin to be put into traffic, or to be taken out of it. */
  default void trafficMoved(TrafficMoved event) {
    otherwise(event);
  }

  /** The traffic control is asked where hosts stand. */
  default void trafficLooked(TrafficLooked event) {
    otherwise(event);
  }

  /** Hosts begin, together. */
  default void waveStarted(WaveStarted event) {
    otherwise(event);
  }

  /** A lifecycle event is given to the transport. */
  default void hostEventOffered(HostEventOffered event) {
    otherwise(event);
  }

  /** The host has taken a lifecycle event. */
  default void hostEventAcknowledged(HostEventAcknowledged event) {
    otherwise(event);
  }

  /** A lifecycle event of a host is over. */
  default void hostEventFinished(HostEventFinished event) {
    otherwise(event);
  }

  /** A host cannot be reached just now; it stays in flight until its deadline. */
  default void hostLost(HostLost event) {
    otherwise(event);
  }

  /** A host that was lost is reachable again. */
  default void hostBack(HostBack event) {
    otherwise(event);
  }

  /** A host is done in this rollout. */
  default void hostFinished(HostFinished event) {
    otherwise(event);
  }

  /** A zone is done, and the rollout waits before it enters the next one. */
  default void zoneMonitored(ZoneMonitored event) {
    otherwise(event);
  }

  /** Somebody wants the rollout to rest: nothing starts until it is resumed. */
  default void rolloutPaused(RolloutPaused event) {
    otherwise(event);
  }

  /** A rollout that was paused goes on. */
  default void rolloutResumed(RolloutResumed event) {
    otherwise(event);
  }

  /** Somebody wants the rollout to stop: nothing new starts. */
  default void stopRequested(StopRequested event) {
    otherwise(event);
  }

  /** The time to drain is over: what runs on hosts is ended. */
  default void stopForced(StopForced event) {
    otherwise(event);
  }

  /** No further host starts, and the rollout will fail. */
  default void rolloutAborted(RolloutAborted event) {
    otherwise(event);
  }

  /** The strategy wants no further host to start just now. */
  default void rolloutHeld(RolloutHeld event) {
    otherwise(event);
  }

  /** The rollout stands at a checkpoint. */
  default void checkpointReached(CheckpointReached event) {
    otherwise(event);
  }

  /** The rollout goes on after a checkpoint. */
  default void checkpointPassed(CheckpointPassed event) {
    otherwise(event);
  }

  /** A gate, or the source of alarms, is asked. */
  default void checkAsked(CheckAsked event) {
    otherwise(event);
  }

  /** A gate, or the source of alarms, has answered. */
  default void checkAnswered(CheckAnswered event) {
    otherwise(event);
  }

  /** Somebody has approved that the rollout goes on. */
  default void rolloutApproved(RolloutApproved event) {
    otherwise(event);
  }

  /** No host starts until the deployment window opens. */
  default void windowClosed(WindowClosed event) {
    otherwise(event);
  }

  /** Hosts may start, as far as the deployment window is concerned. */
  default void windowOpened(WindowOpened event) {
    otherwise(event);
  }

  /** The sign of life that the rollout needs has come. */
  default void pulseHeard(PulseHeard event) {
    otherwise(event);
  }

  /** A rollback was wanted but cannot be. */
  default void rollbackSkipped(RollbackSkipped event) {
    otherwise(event);
  }

  /** The last revision that worked will be deployed again. */
  default void rollbackPlanned(RollbackPlanned event) {
    otherwise(event);
  }

  /** The rollout is over. */
  default void rolloutEnded(RolloutEnded event) {
    otherwise(event);
  }
}
