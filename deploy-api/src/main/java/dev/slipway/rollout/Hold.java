package dev.slipway.rollout;

import dev.slipway.fleet.HostId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reason why a rollout does not start more hosts just now.
 *
 * @param kind which reason
 * @param hosts the hosts behind it, in scheduling order; may be empty
 * @param until when it ends by itself at the latest, or null when it does not
 * @param message the reason in words, with its numbers
 */
public record Hold(Kind kind, List<HostId> hosts, @Nullable Instant until, String message) {

  /** Which reason. */
  public enum Kind {
    /** Running hosts take all slots that the floor leaves. */
    WAITING_FOR_HOSTS,
    /** Failed hosts have used up slots for good. */
    BUDGET_SPENT,
    /** A zone is watched before the next one begins. */
    ZONE_MONITOR,
    /** The strategy waits, or is not known to whoever drives it. */
    STRATEGY,
    /** The hosts so far are watched for a while. */
    BAKE,
    /** A gate has not passed yet, or is not known to whoever drives it. */
    GATE,
    /** Somebody has to approve. */
    APPROVAL,
    /** Alarms have not been read yet, or their source is not known to whoever drives it. */
    ALARM,
    /** The deployment window is closed, or there is a freeze. */
    WINDOW,
    /** Replacement hosts are ready, and somebody must ask for the traffic switch. */
    SWITCH_AWAITED,
    /** Traffic is switched, and the original hosts are not ended yet. */
    TERMINATION,
    /** Somebody has paused it; it goes on when it is resumed. */
    PAUSED,
    /** A stop was requested, and running events end first. */
    STOPPING,
    /** Its hosts are done, and the inventory is asked which have appeared meanwhile. */
    INVENTORY,
    /** It waits for other rollouts of its group. */
    QUEUED,
    /** Nobody drives it just now. */
    NOT_DRIVEN
  }

  /** Copies the list in. */
  public Hold {
    hosts = List.copyOf(hosts);
  }
}
