package dev.slipway.benchmarks;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.engine.core.Decision;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.engine.core.StateForm;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import dev.slipway.spi.store.Store;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A rollout that is put into a store as if a driver had driven it: hosts answer at once, and a turn
 * takes up to 512 of their answers. Used once.
 */
final class LargeRollout {

  static final DeploymentId ID = new DeploymentId("d-LARGE0001");

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ANSWERS_AT_ONCE = 512;

  private final Store store;
  private final RolloutRecord record;
  private final Queue<Effect> offered = new ArrayDeque<>();
  private Ownership ownership;
  private RolloutState state;
  private @Nullable Snapshot snapshot;

  private LargeRollout(Store store, RolloutRecord record) {
    this.store = store;
    this.record = record;
    this.state = RolloutState.created(record.definition());
    store.create(
        new RolloutHeader(ID, "web", "prod", "token", null, START, RecordCodec.encode(record)));
    this.ownership = store.acquire(ID);
  }

  /** Puts it into the store, all that happens until every host but one has answered all it can. */
  static Kept putInto(Store store, int hosts) {
    return new LargeRollout(store, record(hosts)).run();
  }

  /**
   * What has been put there.
   *
   * @param events how many
   * @param snapshot the last one that a driver would have kept; it has not been kept
   */
  record Kept(long events, Snapshot snapshot) {}

  private Kept run() {
    RolloutCore core = new RolloutCore("all", Strategies.asManyAsMay());
    Instant now = START;
    List<Input> inputs = new ArrayList<>(List.of(new Input.Begin(now)));
    while (!inputs.isEmpty()) {
      inputs.add(new Input.Tick(now));
      take(core.decide(state, inputs));
      now = now.plusMillis(100);
      inputs = answers(now);
    }
    return new Kept(ownership.version(), Objects.requireNonNull(snapshot));
  }

  private List<Input> answers(Instant now) {
    List<Input> inputs = new ArrayList<>();
    // The last host does not answer the last time, so that there is something to load.
    int silent = state.overview().pending() > 0 ? 0 : 1;
    while (offered.size() > silent && inputs.size() < ANSWERS_AT_ONCE) {
      if (offered.remove() instanceof Effect.Offer offer) {
        inputs.add(new Input.Acknowledged(now, offer.host(), offer.event(), offer.attempt()));
        inputs.add(
            new Input.Finished(
                now, offer.host(), offer.event(), offer.attempt(), Diagnostics.SUCCEEDED));
      }
    }
    return inputs;
  }

  private void take(Decision decision) {
    long sequence = ownership.version();
    List<JournalEntry> entries = new ArrayList<>();
    for (RolloutEvent event : decision.events()) {
      sequence++;
      entries.add(JournalCodec.encode(new RecordedEvent(sequence, decision.at(), event)));
    }
    ownership = store.commit(ownership, new Commit(entries, List.of()));
    state = decision.state();
    decision.effects().stream().filter(Effect.Offer.class::isInstance).forEach(offered::add);
    long last = snapshot == null ? 0 : snapshot.sequence();
    if (ownership.version() - last >= record.hosts().size()) {
      snapshot = new Snapshot(ownership.version(), StateForm.write(state));
    }
  }

  private static RolloutRecord record(int size) {
    List<Host> hosts =
        IntStream.rangeClosed(1, size)
            .mapToObj(
                n ->
                    new Host(
                        new HostId("web-" + n),
                        "10.1." + n / 256 + "." + n % 256,
                        "zone-" + n % 3,
                        Map.of("role", "web", "env", "prod"),
                        Map.of()))
            .toList();
    RolloutDefinition definition =
        new RolloutDefinition(
            ID,
            Creator.USER,
            hosts.stream().map(host -> new ScheduledHost(host.id(), host.zone(), 1)).toList(),
            RolloutDefinition.Pace.of(DeploymentConfigs.HALF_AT_A_TIME),
            RolloutDefinition.Lifecycle.IN_PLACE,
            new RollbackPolicy(Set.of(), new DeploymentId("d-LARGE0002"), null));
    return new RolloutRecord(
        definition,
        StrategyReference.waves(WaveSize.percent(100)),
        hosts,
        new RolloutRecord.Work(
            "web",
            "prod",
            "group",
            1,
            new RevisionId("0".repeat(64)),
            "appspec.yml",
            FileExistsBehavior.DISALLOW),
        null);
  }
}
