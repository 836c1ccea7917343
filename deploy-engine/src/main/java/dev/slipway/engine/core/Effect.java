package dev.slipway.engine.core;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.event.CheckKind;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.transport.CancelMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to do in the world: decided by the core, done by the driver after the events it goes
 * with are committed. Doing one again must be harmless.
 */
public sealed interface Effect {

  /** Hands this effect to the method that does it. */
  void perform(Performer performer);

  /** Does effects. */
  interface Performer {

    /** Give a lifecycle event to the transport. */
    void offer(Offer effect);

    /** End a lifecycle event that may be running. */
    void cancel(Cancel effect);

    /** The rollout is done with a host. */
    void release(Release effect);

    /** Ask a gate, or for the alarms. */
    void ask(Ask effect);

    /** Take a host out of traffic, or put it in. */
    void switchTraffic(SwitchTraffic effect);

    /** Ask where hosts stand in traffic. */
    void lookAtTraffic(LookAtTraffic effect);

    /** End original hosts. */
    void terminateHosts(TerminateHosts effect);

    /** Deploy the last revision that worked. */
    void startRollback(StartRollback effect);
  }

  /**
   * Give a lifecycle event to the transport. Repeating it is harmless because a host runs a key at
   * most once.
   *
   * @param host where
   * @param event which
   * @param attempt from 1
   * @param next what will follow on this host if all goes well
   */
  record Offer(HostId host, LifecycleEvent event, int attempt, List<LifecycleEvent> next)
      implements Effect {

    /** Copies the list in. */
    public Offer {
      next = List.copyOf(next);
    }

    @Override
    public void perform(Performer performer) {
      performer.offer(this);
    }
  }

  /** End a lifecycle event that may be running. Harmless for one that is over. */
  record Cancel(HostId host, LifecycleEvent event, int attempt, CancelMode mode) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.cancel(this);
    }
  }

  /** The rollout is done with a host. */
  record Release(HostId host) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.release(this);
    }
  }

  /**
   * Ask a gate, or for the alarms. Repeating it is harmless because a round is answered once.
   *
   * @param check what is asked
   * @param name of the gate or the source
   * @param host which host is meant, or null for the fleet
   * @param round the number of the question
   * @param updated for a gate of the fleet, the hosts that have succeeded so far
   */
  record Ask(CheckKind check, String name, @Nullable HostId host, int round, List<HostId> updated)
      implements Effect {

    /** Copies the list in. */
    public Ask {
      updated = List.copyOf(updated);
    }

    @Override
    public void perform(Performer performer) {
      performer.ask(this);
    }
  }

  /**
   * Begin to take a host out of traffic, or to put it in. Repeating it is harmless because traffic
   * controls take it as often as they like.
   *
   * @param host which
   * @param event BlockTraffic or AllowTraffic
   * @param attempt from 1
   */
  record SwitchTraffic(HostId host, LifecycleEvent event, int attempt) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.switchTraffic(this);
    }
  }

  /** Ask where these hosts stand in traffic. */
  record LookAtTraffic(List<HostId> hosts) implements Effect {

    /** Copies the list in. */
    public LookAtTraffic {
      hosts = List.copyOf(hosts);
    }

    @Override
    public void perform(Performer performer) {
      performer.lookAtTraffic(this);
    }
  }

  /**
   * End original hosts. Repeating it is harmless because terminators take it as often as they like.
   *
   * @param hosts which
   * @param attempt the number of the order, from 1
   */
  record TerminateHosts(List<HostId> hosts, int attempt) implements Effect {

    /** Copies the list in. */
    public TerminateHosts {
      hosts = List.copyOf(hosts);
    }

    @Override
    public void perform(Performer performer) {
      performer.terminateHosts(this);
    }
  }

  /**
   * Deploy the last revision that worked, to the same hosts. Repeating it is harmless because its
   * id is fixed.
   */
  record StartRollback(DeploymentId deployment, RevisionId revision) implements Effect {
    @Override
    public void perform(Performer performer) {
      performer.startRollback(this);
    }
  }
}
