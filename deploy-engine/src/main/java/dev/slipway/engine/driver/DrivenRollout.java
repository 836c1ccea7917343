package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.core.Decision;
import dev.slipway.engine.core.Effect;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RolloutCore;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.core.StateForm;
import dev.slipway.engine.journal.JournalCodec;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEvent;
import dev.slipway.failure.StoreException;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.spi.store.Commit;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.JournalEntry;
import dev.slipway.spi.store.Ownership;
import dev.slipway.spi.store.RolloutHeader;
import dev.slipway.spi.store.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rollout in the hands of its owner. The order is always the same: take in everything there is,
 * decide, commit events and intents at once, believe the new state, act.
 *
 * <p>Used by one thread at a time.
 */
final class DrivenRollout {

  private static final int INPUTS_AT_ONCE = 1024;

  /** How many events lie between snapshots at least: as many as there are hosts, if more. */
  private static final int EVENTS_BETWEEN_SNAPSHOTS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(DrivenRollout.class);

  private final DriverServices services;
  private final DeploymentId id;
  private final RolloutRecord record;
  private final RolloutSummary summary;
  private final Joiners joiners;
  private Equipment equipment;
  private EffectPerformer performer;
  private RolloutState state;
  private Ownership ownership;
  private long snapshotAt;
  private boolean hasInherited = true;

  private DrivenRollout(
      DriverServices services, RolloutRecord record, Equipment equipment, Loaded loaded) {
    this.summary = loaded.summary;
    this.services = services;
    this.id = record.definition().deployment();
    this.equipment = equipment;
    this.record = record;
    this.joiners = new Joiners(services, record);
    this.state = loaded.state;
    this.ownership = loaded.ownership;
    this.snapshotAt = loaded.snapshotAt;
    this.performer = new EffectPerformer(services, record, equipment.control(), ownership.epoch());
  }

  private record Loaded(
      RolloutSummary summary, Ownership ownership, RolloutState state, long snapshotAt) {}

  /** Becomes the owner. */
  static DrivenRollout takeOver(DriverServices services, DeploymentId id) {
    Ownership ownership = services.store().acquire(id);
    // Not before: an earlier owner may let a rollout begin that has waited until then.
    RolloutHeader header = services.store().header(id);
    RolloutRecord record = RecordCodec.decode(header.specification());
    RolloutReader reader = new RolloutReader(services.store(), record);
    RolloutState state = reader.read();
    if (record.waiting() != null && state.status() != DeploymentStatus.CREATED) {
      // What its hosts run was ordered with what the record has become since.
      throw new StoreException(
          StoreException.Reason.FENCED, "rollout " + id + " has begun under another owner");
    }
    Loaded loaded = new Loaded(Results.summary(header), ownership, state, reader.snapshotAt());
    services.telemetry().takenOver(loaded.summary);
    return new DrivenRollout(services, record, Equipment.of(services, record), loaded);
  }

  /** Makes what could not be made before. Hosts that have waited go on as under a new owner. */
  private void complete() {
    Instant retryAt = equipment.retryAt();
    if (retryAt == null || services.timers().instant().isBefore(retryAt)) {
      return;
    }
    Equipment before = equipment;
    equipment = Equipment.of(services, record);
    if (equipment.hasMoreThan(before)) {
      performer = newPerformer();
      hasInherited = true;
    }
  }

  private EffectPerformer newPerformer() {
    return new EffectPerformer(services, record, equipment.control(), ownership.epoch());
  }

  /**
   * Goes on as far as it goes just now.
   *
   * @return when to go on even if nothing comes in, empty when the rollout is over
   */
  Optional<Instant> goOn() {
    complete();
    int atOnce = INPUTS_AT_ONCE;
    while (true) {
      List<InboxItem> items = services.store().inbox(id, atOnce);
      boolean hasMore = items.size() == atOnce;
      List<Input> inputs = inputs(items, hasMore);
      Decision decision;
      try {
        decision = equipment.core().decide(state, inputs);
      } catch (RuntimeException e) {
        if (items.size() > 1) {
          atOnce = 1;
          continue;
        }
        inputs = without(items, hasMore, e);
        decision = equipment.core().decide(state, inputs);
      }
      if (decision.state().status() == DeploymentStatus.SUCCEEDED && joiners.areAwaited()) {
        return Optional.of(lookForJoiners(decision, items, inputs));
      }
      if (decision.state().status().isTerminal()) {
        end(decision, items, inputs);
        return Optional.empty();
      }
      commit(decision, items, inputs);
      state = decision.state();
      perform(effects(decision));
      keepSnapshot();
      if (!hasMore) {
        return isWaiting()
            ? Optional.of(services.timers().instant().plus(Turn.LOOK_EVERY))
            : Optional.ofNullable(wakeAt(decision));
      }
    }
  }

  private @Nullable Instant wakeAt(Decision decision) {
    Instant decided = decision.wakeAt();
    Instant retryAt = equipment.retryAt();
    return decided == null || (retryAt != null && retryAt.isBefore(decided)) ? retryAt : decided;
  }

  private boolean isWaiting() {
    return record.waiting() != null;
  }

  /**
   * Looks whether a rollout that waits may begin, and keeps what it is made of then.
   *
   * @return whether it has; this object knows it only as it was before
   */
  boolean takesItsTurn() {
    RolloutRecord.Waiting waiting = record.waiting();
    if (waiting == null || !Turn.hasCome(services, record, waiting)) {
      return false;
    }
    services
        .store()
        .specify(ownership, RecordCodec.encode(Turn.begun(services.books(), record, waiting)));
    LOG.info("deployment={} has waited for others of its group, and begins", id);
    return true;
  }

  /**
   * Returns the inputs beside one that cannot be taken in: left in the inbox, it would keep
   * everything behind it from acting for ever, a stop too. Who sent it counts as silent.
   */
  private List<Input> without(List<InboxItem> one, boolean hasMore, RuntimeException failure) {
    if (one.isEmpty()) {
      throw failure;
    }
    leaveOut(one.get(0), failure);
    return inputs(List.of(), hasMore);
  }

  private void leaveOut(InboxItem item, RuntimeException failure) {
    LOG.error(
        "deployment={} cannot take in {} {}: {}",
        id,
        item.type(),
        item.key(),
        item.json(),
        failure);
  }

  /**
   * Returns what follows from a decision, and, once, what an earlier owner has committed and
   * perhaps not done, as far as it is still to be done. That comes after a decision, so that a stop
   * or a deadline acts even on a rollout of which one effect fails each time.
   */
  private Collection<Effect> effects(Decision decision) {
    if (!hasInherited) {
      return decision.effects();
    }
    hasInherited = false;
    Set<Effect> effects = new LinkedHashSet<>(RolloutCore.pendingEffects(decision.state()));
    effects.addAll(decision.effects());
    return effects;
  }

  /** Does all of them, whatever goes wrong with one: not every effect is found again later. */
  private void perform(Collection<Effect> effects) {
    RuntimeException first = null;
    for (Effect effect : effects) {
      try {
        effect.perform(performer);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    performer.conclude();
    if (first != null) {
      throw first;
    }
  }

  private List<Input> inputs(List<InboxItem> items, boolean hasMore) {
    Instant now = services.timers().instant();
    List<Input> inputs = new ArrayList<>(items.size() + 2);
    if (state.status() == DeploymentStatus.CREATED && !isWaiting()) {
      inputs.add(new Input.Begin(now));
    } else if (hasInherited) {
      inputs.add(new Input.TakenOver(now));
    }
    for (InboxItem item : items) {
      try {
        inputs.add(InboxCodec.decode(item));
      } catch (RuntimeException e) {
        leaveOut(item, e);
      }
    }
    Input joined = joiners.input();
    if (joined != null && state.isDone()) {
      inputs.add(joined);
    }
    inputs.add(hasMore ? new Input.More(now) : new Input.Tick(now));
    return inputs;
  }

  /** Keeps everything but the end, which waits for what the inventory says. */
  private Instant lookForJoiners(Decision decision, List<InboxItem> items, List<Input> inputs) {
    List<RolloutEvent> before =
        decision.events().subList(0, RolloutEnding.eventsBefore(decision.events()));
    keep(
        decision.at(),
        before,
        new Taken(items, SettledKeys.of(id, decision.state(), inputs)),
        null);
    for (RolloutEvent event : before) {
      state = RolloutCore.apply(state, event, decision.at());
    }
    joiners.ask();
    perform(effects(decision));
    return services.timers().instant().plus(Joiners.LOOK_EVERY);
  }

  /**
   * Ends the rollout once its hosts have been told what is still to be told: nobody loads a rollout
   * that is over, so what its last commit orders would not be found again after a crash.
   */
  private void end(Decision decision, List<InboxItem> items, List<Input> inputs) {
    Map<Boolean, List<Effect>> effects =
        effects(decision).stream()
            .collect(Collectors.partitioningBy(effect -> effect instanceof Effect.StartRollback));
    List<Effect> forHosts = effects.getOrDefault(false, List.of());
    List<RolloutEvent> events = decision.events();
    List<String> settled = SettledKeys.of(id, decision.state(), inputs);
    if (forHosts.isEmpty()) {
      keep(decision.at(), events, new Taken(items, settled), ending(decision));
    } else {
      int before = RolloutEnding.eventsBefore(events);
      keep(decision.at(), events.subList(0, before), new Taken(items, settled), null);
      tellForTheLastTime(forHosts);
      keep(decision.at(), events.subList(before, events.size()), Taken.NOTHING, ending(decision));
    }
    state = decision.state();
    perform(effects.getOrDefault(true, List.of()));
    keepSnapshot();
    services.output().forget(id);
  }

  /** A host that cannot be told holds up no end. */
  private void tellForTheLastTime(List<Effect> effects) {
    try {
      perform(effects);
    } catch (RuntimeException e) {
      LOG.warn("deployment={} ends, and not every host could be told", id, e);
    }
  }

  /** The rollout is over in the store when its group knows how it went, never in between. */
  private Commit.End ending(Decision decision) {
    return RolloutEnding.of(
        services.books(), record, decision.state(), joiners.hosts(), decision.at());
  }

  private void commit(Decision decision, List<InboxItem> items, List<Input> inputs) {
    Taken taken = new Taken(items, SettledKeys.of(id, decision.state(), inputs));
    keep(decision.at(), decision.events(), taken, null);
  }

  /** What was taken into account, and which keys need not be remembered for it. */
  private record Taken(List<InboxItem> items, List<String> settled) {
    static final Taken NOTHING = new Taken(List.of(), List.of());
  }

  private void keep(Instant at, List<RolloutEvent> decided, Taken taken, Commit.@Nullable End end) {
    if (decided.isEmpty() && taken.items().isEmpty() && end == null) {
      checkOwnership();
      return;
    }
    long sequence = ownership.version();
    List<RecordedEvent> events = new ArrayList<>(decided.size());
    for (RolloutEvent event : decided) {
      sequence++;
      events.add(new RecordedEvent(sequence, at, event));
    }
    List<JournalEntry> entries = events.stream().map(JournalCodec::encode).toList();
    List<String> consumed = taken.items().stream().map(InboxItem::key).toList();
    ownership =
        services.store().commit(ownership, new Commit(entries, consumed, taken.settled(), end));
    services.telemetry().committed(summary, events);
  }

  /**
   * Whoever has nothing to commit would not learn from the store that there is another owner, and
   * would wait for ever if that one has died since.
   */
  private void checkOwnership() {
    if (!services.store().journal(id, ownership.version(), 1).isEmpty()) {
      throw new StoreException(
          StoreException.Reason.FENCED, "rollout " + id + " has gone on under another owner");
    }
  }

  /** Returns the epoch of its ownership. */
  long epoch() {
    return ownership.epoch();
  }

  /** Says that this process drives it no more. */
  void letGo() {
    services.telemetry().letGo(summary);
  }

  /** Lets the next owner, and whoever looks, read less. A snapshot that is missing costs time. */
  private void keepSnapshot() {
    long between = Math.max(EVENTS_BETWEEN_SNAPSHOTS, state.numbers().hosts());
    if (ownership.version() - snapshotAt < between) {
      return;
    }
    snapshotAt = ownership.version();
    try {
      services.store().keepSnapshot(id, new Snapshot(snapshotAt, StateForm.write(state)));
    } catch (RuntimeException e) {
      LOG.warn("deployment={} has no snapshot at event {}", id, snapshotAt, e);
    }
  }
}
