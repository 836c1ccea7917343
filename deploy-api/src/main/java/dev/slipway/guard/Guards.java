package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout waits for beside its hosts. None of it can make a rollout go faster or further
 * than its floor allows.
 *
 * @param checkpoints where it stands until something is so
 * @param hostGates what must pass on each host after its last lifecycle event, one after the other;
 *     a host that does not pass has failed
 * @param alarms what stops it, or null
 * @param windows when it may start hosts, or null for always
 * @param pulse the sign of life that it needs, or null for none
 */
public record Guards(
    List<Checkpoint> checkpoints,
    List<GateReference> hostGates,
    @Nullable AlarmWatch alarms,
    @Nullable DeploymentWindows windows,
    @Nullable Pulse pulse) {

  /** Nothing beside the hosts. */
  public static final Guards NONE = new Guards(List.of(), List.of(), null, null, null);

  /**
   * Copies the lists in.
   *
   * @throws RequestException if a host gate stands twice
   */
  public Guards {
    checkpoints = List.copyOf(checkpoints);
    hostGates = distinct(hostGates);
  }

  /** A gate is known by its label in one place. */
  static List<GateReference> distinct(List<GateReference> gates) {
    Set<String> names = new HashSet<>();
    for (GateReference gate : gates) {
      if (!names.add(gate.label())) {
        throw new RequestException(
            "gate '" + gate.label() + "' stands twice in one place; keep one of them");
      }
    }
    return List.copyOf(gates);
  }

  /** Returns these guards with one more checkpoint. */
  public Guards with(Checkpoint checkpoint) {
    List<Checkpoint> more = new ArrayList<>(checkpoints);
    more.add(checkpoint);
    return new Guards(more, hostGates, alarms, windows, pulse);
  }

  /** Returns these guards with one more gate for each host. */
  public Guards withHostGate(GateReference gate) {
    List<GateReference> more = new ArrayList<>(hostGates);
    more.add(gate);
    return new Guards(checkpoints, more, alarms, windows, pulse);
  }

  /** Returns these guards with alarms, or without. */
  public Guards with(@Nullable AlarmWatch watch) {
    return new Guards(checkpoints, hostGates, watch, windows, pulse);
  }

  /** Returns these guards with windows. */
  public Guards with(DeploymentWindows when) {
    return new Guards(checkpoints, hostGates, alarms, when, pulse);
  }

  /** Returns these guards with a pulse. */
  public Guards with(Pulse sign) {
    return new Guards(checkpoints, hostGates, alarms, windows, sign);
  }

  /** Returns the checkpoints and gates alone, without what depends on the time of day. */
  public Guards timeless() {
    return new Guards(checkpoints, hostGates, null, null, null);
  }
}
