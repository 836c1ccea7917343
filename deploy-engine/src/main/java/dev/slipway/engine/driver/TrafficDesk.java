package dev.slipway.engine.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.failure.DeployException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.Reports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one rollout to its traffic control: one after the other, so that none overtakes an
 * earlier one, and on a thread that may wait for the answer. Hosts that switch together are told in
 * one call.
 *
 * <p>A control that is away is not an answer: the hosts go on to wait, and the next look finds them
 * where they were. A control that refuses, by a {@link DeployException}, has failed the host.
 *
 * <p>Thread-safe: guarded by its own monitor.
 */
final class TrafficDesk {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficDesk.class);

  private final DriverServices services;
  private final DeploymentId id;
  private final RolloutRecord.Work work;
  private final long epoch;
  private final TrafficControl control;
  private final Map<HostId, Host> hosts;
  private final Reports reports;
  private Map<HostId, Effect.SwitchTraffic> switches = new LinkedHashMap<>();
  private Set<HostId> looks = new LinkedHashSet<>();
  private boolean isWorking;

  /**
   * Makes one.
   *
   * @param epoch of who drives the rollout
   */
  TrafficDesk(
      DriverServices services,
      RolloutRecord record,
      long epoch,
      TrafficControl control,
      Map<HostId, Host> hosts,
      Reports reports) {
    this.services = services;
    this.id = record.definition().deployment();
    this.work = record.work();
    this.epoch = epoch;
    this.control = control;
    this.hosts = hosts;
    this.reports = reports;
  }

  /** Notes that a host is to be switched. */
  synchronized void add(Effect.SwitchTraffic order) {
    switches.put(order.host(), order);
  }

  /** Notes that hosts are to be looked at. */
  synchronized void add(Effect.LookAtTraffic order) {
    looks.addAll(order.hosts());
  }

  /** Has what was noted done, if nobody is at it. */
  void open() {
    synchronized (this) {
      if (isWorking || isDone()) {
        return;
      }
      isWorking = true;
    }
    try {
      services.threads().execute(this::work);
    } catch (RejectedExecutionException e) {
      LOG.debug("deployment={} switches no traffic any more: the engine is closed", id, e);
    }
  }

  private boolean isDone() {
    return switches.isEmpty() && looks.isEmpty();
  }

  private void work() {
    while (true) {
      Map<HostId, Effect.SwitchTraffic> nowSwitched;
      Set<HostId> nowLooked;
      synchronized (this) {
        if (isDone()) {
          isWorking = false;
          return;
        }
        nowSwitched = switches;
        nowLooked = looks;
        switches = new LinkedHashMap<>();
        looks = new LinkedHashSet<>();
      }
      boolean isDone = false;
      try {
        change(nowSwitched.values().stream().collect(Collectors.groupingBy(Intent::of)));
        look(List.copyOf(nowLooked));
        isDone = true;
      } finally {
        if (!isDone) {
          leave();
        }
      }
    }
  }

  /** Whoever comes next finds nobody at work. */
  private synchronized void leave() {
    isWorking = false;
  }

  /** What hosts can be told in one call. */
  private record Intent(LifecycleEvent event, int attempt) {
    static Intent of(Effect.SwitchTraffic order) {
      return new Intent(order.event(), order.attempt());
    }
  }

  private void change(Map<Intent, List<Effect.SwitchTraffic>> orders) {
    orders.forEach(
        (intent, of) -> change(intent, of.stream().map(Effect.SwitchTraffic::host).toList()));
  }

  private void change(Intent intent, List<HostId> switched) {
    try {
      List<Host> known = known(switched);
      TrafficOrder order = order(intent, switched);
      if (intent.event() == LifecycleEvent.BLOCK_TRAFFIC) {
        control.remove(known, order);
      } else {
        control.add(known, order);
      }
    } catch (DeployException e) {
      refused(intent, switched, e);
    } catch (RuntimeException e) {
      LOG.warn("deployment={} {} is told again later", id, intent.event().wireName(), e);
    }
  }

  /** Of several hosts one may be to blame: each is told alone. */
  private void refused(Intent intent, List<HostId> switched, DeployException failure) {
    if (switched.size() > 1) {
      switched.forEach(host -> change(intent, List.of(host)));
      return;
    }
    reports.finished(
        new CommandKey(id, switched.get(0), intent.event(), intent.attempt()),
        Diagnostics.unknownError(String.valueOf(failure.getMessage())));
  }

  private void look(List<HostId> looked) {
    if (looked.isEmpty()) {
      return;
    }
    Instant before = services.timers().instant();
    Input seen;
    try {
      Map<HostId, TrafficControl.TrafficState> states = control.states(known(looked));
      seen = new Input.TrafficSeen(services.timers().instant(), before, states);
    } catch (RuntimeException e) {
      LOG.warn("deployment={} does not know where its hosts stand in traffic", id, e);
      return;
    }
    new Delivery(services, id, InboxCodec.encode(SettledKeys.ofLook(before) + "seen", seen))
        .attempt();
  }

  private List<Host> known(List<HostId> ids) {
    Function<HostId, Host> host =
        id -> {
          Host found = hosts.get(id);
          if (found == null) {
            throw new IllegalStateException("host " + id + " is not part of the rollout");
          }
          return found;
        };
    return ids.stream().map(host).toList();
  }

  /** The key is the same for the same hosts, whoever tells them. */
  private TrafficOrder order(Intent intent, List<HostId> switched) {
    List<String> names = new ArrayList<>(switched.stream().map(HostId::value).sorted().toList());
    UUID which = UUID.nameUUIDFromBytes(String.join("\n", names).getBytes(UTF_8));
    return new TrafficOrder(
        "%s/%s/%d/%s".formatted(id, intent.event().wireName(), intent.attempt(), which),
        work.deploymentGroupId(),
        work.generation(),
        epoch);
  }
}
