package dev.slipway.engine.simulation;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.failure.RequestException;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has the traffic of a modelled fleet. It is switched in no time; whoever is asked for a switch
 * asks for it within a second.
 *
 * @param isControlled whether hosts leave traffic while they are deployed to
 * @param originals blue/green: how many hosts have the traffic first, or null in place
 * @param readyWait blue/green: how long somebody may take to ask for the switch, or null when
 *     nobody has to
 * @param stay blue/green: how long original hosts stay after the switch, or null when they are not
 *     ended
 */
public record TrafficModel(
    boolean isControlled,
    @Nullable Integer originals,
    @Nullable Duration readyWait,
    @Nullable Duration stay) {

  /** Nobody looks after traffic. */
  public static final TrafficModel NONE = new TrafficModel(false, null, null, null);

  /** Hosts leave traffic while they are deployed to. */
  public static final TrafficModel IN_PLACE = new TrafficModel(true, null, null, null);

  private static final TrafficReference CONTROL = TrafficReference.to("simulated");
  private static final TerminatorReference TERMINATOR = TerminatorReference.to("simulated");

  /** Refuses a switch that nobody carries out. */
  public TrafficModel {
    if (originals != null && (originals < 0 || !isControlled)) {
      throw new RequestException(
          "a fleet with traffic control has 0 or more original hosts, another one has none, but"
              + " there were "
              + originals);
    }
  }

  /** Returns what each host runs. */
  RolloutDefinition.Lifecycle around(RolloutDefinition.Lifecycle lifecycle) {
    if (!isControlled) {
      return lifecycle;
    }
    if (originals == null) {
      return lifecycle.around(CONTROL);
    }
    return lifecycle.switching(
        CONTROL,
        new RolloutDefinition.Lifecycle.BlueGreen(
            originals,
            readyWait,
            stay == null
                ? null
                : new RolloutDefinition.Lifecycle.BlueGreen.Termination(TERMINATOR, stay)));
  }

  /** Returns the events at which a host that is deployed to can fail: those that it runs. */
  List<LifecycleEvent> events() {
    return around(RolloutDefinition.Lifecycle.IN_PLACE).events().stream()
        .filter(event -> !event.isControlSide())
        .toList();
  }
}
