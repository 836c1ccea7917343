package dev.slipway.testkit;

import dev.slipway.deployment.HostStatus;
import dev.slipway.fleet.HostId;
import dev.slipway.strategy.FleetView;
import dev.slipway.strategy.HostView;
import dev.slipway.strategy.StrategyDecision;
import dev.slipway.strategy.WaveView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fleet for strategies to look at, which does what they say as far as the floor allows. Not
 * thread-safe.
 */
final class ModelFleet implements FleetView {

  private static final int MOST_HOSTS = 30;

  private final SplittableRandom random;
  private final List<HostView> hosts = new ArrayList<>();
  private final List<WaveView> waves = new ArrayList<>();
  private final int budget;
  private Instant now = VirtualTimers.START;

  private ModelFleet(SplittableRandom random) {
    this.random = random;
    int size = random.nextInt(1, MOST_HOSTS + 1);
    for (int number = 0; number < size; number++) {
      hosts.add(
          new HostView(
              new HostId("host-" + number),
              "zone-" + number % 3,
              random.nextInt(4),
              HostStatus.PENDING,
              now));
    }
    budget = random.nextInt(1, size + 1);
  }

  /** A fleet of which nothing has started. */
  static ModelFleet fresh(SplittableRandom random) {
    return new ModelFleet(random);
  }

  /** A fleet in the middle of a rollout, of which hosts may still start. */
  static ModelFleet random(SplittableRandom random) {
    ModelFleet fleet = new ModelFleet(random);
    for (int steps = random.nextInt(6); steps > 0 && fleet.mayStart(); steps--) {
      ModelFleet before = fleet.copy();
      fleet.goOn(new StrategyDecision.Start(fleet.nextPending(random.nextInt(1, 4))));
      if (!fleet.mayStart()) {
        return before;
      }
    }
    return fleet;
  }

  private ModelFleet copy() {
    ModelFleet copy = new ModelFleet(this);
    copy.hosts.addAll(hosts);
    copy.waves.addAll(waves);
    copy.now = now;
    return copy;
  }

  private ModelFleet(ModelFleet like) {
    random = like.random.split();
    budget = like.budget;
  }

  /** Whether an engine would ask. */
  boolean mayStart() {
    return pending() > 0 && failed() < budget && freeSlots() > 0;
  }

  /** Does what was said, and lets something happen. */
  void goOn(StrategyDecision decision) {
    if (decision instanceof StrategyDecision.Start start) {
      List<HostId> chosen = start.hosts().stream().limit(freeSlots()).toList();
      waves.add(new WaveView(waves.size() + 1, now, chosen));
      chosen.forEach(host -> put(host, HostStatus.IN_PROGRESS));
    }
    Instant until = decision instanceof StrategyDecision.Hold hold ? hold.until() : null;
    if (until != null && (inFlight() == 0 || random.nextBoolean())) {
      now = until.isAfter(now) ? until : now;
      return;
    }
    now = now.plusSeconds(random.nextInt(1, 100));
    endSome();
  }

  /** At least one host in flight ends, and as many as it takes until there is a slot. */
  private void endSome() {
    List<HostId> busy = new ArrayList<>();
    hosts.stream()
        .filter(host -> host.status() == HostStatus.IN_PROGRESS)
        .forEach(host -> busy.add(host.host()));
    while (!busy.isEmpty()) {
      HostId host = busy.remove(random.nextInt(busy.size()));
      put(host, random.nextInt(8) == 0 ? HostStatus.FAILED : HostStatus.SUCCEEDED);
      if (freeSlots() > 0 && random.nextBoolean()) {
        return;
      }
    }
  }

  private void put(HostId id, HostStatus status) {
    for (int i = 0; i < hosts.size(); i++) {
      HostView host = hosts.get(i);
      if (host.host().equals(id)) {
        hosts.set(i, new HostView(id, host.zone(), host.rank(), status, now));
      }
    }
  }

  private int count(HostStatus status) {
    return (int) hosts.stream().filter(host -> host.status() == status).count();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public List<HostView> hosts() {
    return List.copyOf(hosts);
  }

  @Override
  public int size() {
    return hosts.size();
  }

  @Override
  public int pending() {
    return count(HostStatus.PENDING);
  }

  @Override
  public int inFlight() {
    return count(HostStatus.IN_PROGRESS);
  }

  @Override
  public int succeeded() {
    return count(HostStatus.SUCCEEDED);
  }

  @Override
  public int failed() {
    return count(HostStatus.FAILED);
  }

  @Override
  public int unreachable() {
    return 0;
  }

  @Override
  public int minimumHealthy() {
    return size() - budget;
  }

  @Override
  public int freeSlots() {
    return Math.max(budget - failed() - inFlight(), 0);
  }

  @Override
  public List<HostId> nextPending(int most) {
    return hosts.stream()
        .filter(host -> host.status() == HostStatus.PENDING)
        .limit(most)
        .map(HostView::host)
        .toList();
  }

  @Override
  public HostView host(HostId id) {
    return hosts.stream().filter(host -> host.host().equals(id)).findFirst().orElseThrow();
  }

  @Override
  public List<WaveView> waves() {
    return List.copyOf(waves);
  }

  @Override
  public String toString() {
    return "%d hosts, %d pending, %d in flight, %d failed of at most %d"
        .formatted(size(), pending(), inFlight(), failed(), budget);
  }
}
