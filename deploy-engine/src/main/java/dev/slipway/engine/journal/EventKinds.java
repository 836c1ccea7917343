package dev.slipway.engine.journal;

import dev.slipway.event.CheckAnswered;
import dev.slipway.event.CheckAsked;
import dev.slipway.event.CheckpointPassed;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.HostBack;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.HostLost;
import dev.slipway.event.HostReady;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.PulseHeard;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackSkipped;
import dev.slipway.event.RolloutAborted;
import dev.slipway.event.RolloutApproved;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.RolloutHeld;
import dev.slipway.event.RolloutPaused;
import dev.slipway.event.RolloutResumed;
import dev.slipway.event.RolloutStarted;
import dev.slipway.event.StopForced;
import dev.slipway.event.StopRequested;
import dev.slipway.event.SwitchAwaited;
import dev.slipway.event.SwitchBegun;
import dev.slipway.event.TerminationAwaited;
import dev.slipway.event.TerminationOrdered;
import dev.slipway.event.TerminationSettled;
import dev.slipway.event.TrafficLooked;
import dev.slipway.event.TrafficMoved;
import dev.slipway.event.WaveStarted;
import dev.slipway.event.WindowClosed;
import dev.slipway.event.WindowOpened;
import dev.slipway.event.ZoneMonitored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of events that this release can read. A kind keeps its name for ever. */
final class EventKinds {

  private static final Map<String, Class<? extends RolloutEvent>> BY_NAME =
      List.<Class<? extends RolloutEvent>>of(
              CheckAnswered.class,
              CheckAsked.class,
              CheckpointPassed.class,
              CheckpointReached.class,
              HostBack.class,
              HostEventAcknowledged.class,
              HostEventFinished.class,
              HostEventOffered.class,
              HostFinished.class,
              HostLost.class,
              PulseHeard.class,
              HostReady.class,
              HostsJoined.class,
              RollbackPlanned.class,
              RollbackSkipped.class,
              RolloutAborted.class,
              RolloutApproved.class,
              RolloutEnded.class,
              RolloutHeld.class,
              RolloutPaused.class,
              RolloutResumed.class,
              RolloutStarted.class,
              StopForced.class,
              StopRequested.class,
              SwitchAwaited.class,
              SwitchBegun.class,
              TerminationAwaited.class,
              TerminationOrdered.class,
              TerminationSettled.class,
              TrafficLooked.class,
              TrafficMoved.class,
              WaveStarted.class,
              WindowClosed.class,
              WindowOpened.class,
              ZoneMonitored.class)
          .stream()
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private EventKinds() {}

  static int count() {
    return BY_NAME.size();
  }

  static Optional<Class<? extends RolloutEvent>> named(String kind) {
    return Optional.ofNullable(BY_NAME.get(kind));
  }
}
