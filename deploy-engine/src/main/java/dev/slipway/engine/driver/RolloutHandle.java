package dev.slipway.engine.driver;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.domain.DeploymentTarget;
import dev.slipway.engine.core.Explanation;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.event.HostsJoined;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RollbackPlanned;
import dev.slipway.event.RollbackWish;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.HostOutput;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Pause;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.rollout.RolloutRequest.Kind;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.rollout.RolloutSummary;
import dev.slipway.rollout.RunningHost;
import dev.slipway.spi.store.RolloutHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handle of a rollout: reads the store and puts requests into it, and knows nothing of who
 * drives. Thread-safe: guarded by its own monitor.
 */
public final class RolloutHandle implements Rollout {

  /** Listeners may miss the end, so the store is asked now and then. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(RolloutHandle.class);

  private final DriverServices services;
  private final DeploymentId id;
  private RolloutRecord record;
  private RolloutReader reader;

  /**
   * Makes one.
   *
   * @param services what the engine works with
   * @param id which rollout
   */
  public RolloutHandle(DriverServices services, DeploymentId id) {
    this.services = services;
    this.id = id;
    this.record = RolloutReader.record(services.store(), id);
    this.reader = new RolloutReader(services.store(), record);
  }

  @Override
  public DeploymentId id() {
    return id;
  }

  @Override
  public RolloutSummary summary() {
    return Results.summary(services.store().header(id));
  }

  @Override
  public List<HostResult> hosts() {
    return Results.hosts(state());
  }

  /** Returns the hosts as CodeDeploy shows them, in scheduling order. */
  public List<DeploymentTarget> targets() {
    return Targets.of(state());
  }

  /** Returns whether traffic is switched from original hosts to others. */
  public boolean isBlueGreen() {
    return record.definition().isBlueGreen();
  }

  /** Returns whether its original hosts are to be ended, or have been. */
  public boolean isTerminationBegun() {
    return state().isTerminationBegun();
  }

  /** Returns whether its original hosts stay until their time is over. */
  public boolean isTerminationAwaited() {
    return state().isTerminationAwaited();
  }

  @Override
  public List<RecordedEvent> recorded() {
    return RolloutReader.events(services.store(), id);
  }

  @Override
  public boolean isDriven() {
    return services.supervisor().isDriving();
  }

  @Override
  public DeploymentStatus status() {
    DeploymentStatus status = state().status();
    return status == DeploymentStatus.CREATED && isWaiting() ? DeploymentStatus.QUEUED : status;
  }

  @Override
  public DeploymentOverview overview() {
    return state().overview();
  }

  @Override
  public Flow.Publisher<RecordedEvent> events(long after) {
    return new JournalPublisher(services, id, after);
  }

  @Override
  public void onEvent(Consumer<RecordedEvent> listener) {
    events(0).subscribe(new ListenerSubscriber(id, listener));
  }

  @Override
  public List<HostOutput> output() {
    return OutputFollower.soFar(services.store(), id);
  }

  @Override
  public CompletionStage<@Nullable Void> onOutput(Consumer<HostOutput> listener) {
    OutputFollower follower = new OutputFollower(services, id, listener);
    follower.begin();
    return follower.end();
  }

  @Override
  public Optional<RolloutResult> await(Duration atMost) {
    CountDownLatch over = new CountDownLatch(1);
    Runnable endOfChanges = services.store().onChange(changed -> countDownWhenOver(changed, over));
    try {
      Duration left = atMost;
      countDownWhenOver(id, over);
      while (!over.await(shorter(left, LOOK_EVERY).toMillis(), TimeUnit.MILLISECONDS)) {
        left = left.minus(LOOK_EVERY);
        if (left.isNegative() || left.isZero()) {
          return Optional.empty();
        }
        countDownWhenOver(id, over);
      }
      return Optional.of(Results.of(state()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      endOfChanges.run();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void countDownWhenOver(DeploymentId changed, CountDownLatch over) {
    if (changed.equals(id) && services.store().isOver(id)) {
      over.countDown();
    }
  }

  @Override
  public Optional<Rollout> rollback() {
    return Optional.ofNullable(state().rollback())
        .map(RollbackPlanned::rollback)
        .map(rollback -> new RolloutHandle(services, rollback));
  }

  @Override
  public Optional<Rollout> update() {
    return Optional.ofNullable(state().joined())
        .map(HostsJoined::update)
        .map(update -> new RolloutHandle(services, update));
  }

  @Override
  public boolean request(RolloutRequest request) {
    return request(request, RollbackWish.AS_CONFIGURED);
  }

  /**
   * Asks it, as {@link #request(RolloutRequest)}.
   *
   * @param rollback for a stop: whether the last revision that worked comes back
   */
  public boolean request(RolloutRequest request, RollbackWish rollback) {
    Instant now = services.timers().instant();
    String token =
        Objects.requireNonNullElseGet(request.clientToken(), () -> services.ids().get().value());
    String key = request.kind() + "/" + token;
    services.store().deliver(id, InboxCodec.encode(key, input(named(request), rollback, now)));
    services.supervisor().wake(id);
    LOG.info("deployment={} {} was requested: {}", id, request.kind(), request.reason());
    return services.supervisor().isDriving();
  }

  /**
   * Asks it to end as Failed, without a rollback, because what it belongs to is not there any more:
   * what hosts run ends, and nothing more starts.
   *
   * @param cause APPLICATION_MISSING or DEPLOYMENT_GROUP_MISSING
   */
  public void abandon(ErrorCode cause) {
    Input.Stop stop =
        new Input.Stop(services.timers().instant(), cause, RollbackWish.NEVER, null, "");
    services.store().deliver(id, InboxCodec.encode("STOP/" + cause, stop));
    services.supervisor().wake(id);
    LOG.info("deployment={} ends: {}", id, cause);
  }

  /**
   * Says which checkpoint is meant, so that a request that is taken in late does not count for the
   * next one. Where none waits, that which was not reached yet is not meant either.
   */
  private RolloutRequest named(RolloutRequest request) {
    boolean isVerdict = request.kind() == Kind.APPROVE || request.kind() == Kind.REJECT;
    return isVerdict && request.checkpoint() == null
        ? request.at(awaitedApproval().orElse(Integer.MAX_VALUE))
        : request;
  }

  private static Input input(RolloutRequest request, RollbackWish rollback, Instant now) {
    return switch (request.kind()) {
      case STOP ->
          new Input.Stop(now, ErrorCode.MANUAL_STOP, rollback, request.grace(), request.reason());
      case PAUSE -> new Input.Pause(now, request.reason());
      case SWITCH_TRAFFIC -> new Input.SwitchTraffic(now, request.reason());
      case TERMINATE_ORIGINALS -> new Input.TerminateOriginals(now, request.reason());
      case RESUME -> new Input.Resume(now, request.reason());
      case APPROVE -> new Input.Approve(now, request.checkpoint(), request.by(), request.reason());
      case REJECT -> new Input.Reject(now, request.checkpoint(), request.by(), request.reason());
      case PULSE -> new Input.Pulse(now);
    };
  }

  @Override
  public OptionalInt awaitedApproval() {
    return state().awaitedApproval();
  }

  @Override
  public Optional<Pause> paused() {
    return Optional.ofNullable(state().pause());
  }

  @Override
  public List<RunningHost> running() {
    return Results.running(state());
  }

  @Override
  public synchronized Optional<DeploymentId> retryOf() {
    return Optional.ofNullable(record.retryOf());
  }

  /** A retry has a client token of its rollout, so that there is one at most. */
  @Override
  public Rollout retry() {
    RolloutState ended = state();
    RolloutRecord record = record();
    services.revisions().get(record.work().revision());
    RolloutRecord retry =
        RetryRecord.of(
            record,
            ended,
            GroupBookKeeper.read(services.books(), record.work()),
            new RetryRecord.Ids(services.ids().get(), services.ids().get()));
    RolloutHeader header =
        new RolloutHeader(
            retry.definition().deployment(),
            record.work().application(),
            record.work().deploymentGroup(),
            "retry-of-" + id,
            null,
            services.timers().instant(),
            RecordCodec.encode(
                retry.withGeneration(
                    GroupBookKeeper.nextGeneration(services.books(), record.work()))));
    RolloutHeader kept = services.store().create(header);
    services.supervisor().wake(kept.id());
    return new RolloutHandle(services, kept.id());
  }

  @Override
  public List<Hold> explain() {
    RolloutState now = state();
    if (now.status().isTerminal()) {
      return List.of();
    }
    List<Hold> holds = new ArrayList<>(NotDriven.holds(services.supervisor()));
    if (isWaiting()) {
      holds.add(queued());
    }
    holds.addAll(Explanation.of(now, services.timers().instant()));
    if (looksForJoiners() && now.isDone()) {
      holds.add(
          new Hold(
              Hold.Kind.INVENTORY,
              List.of(),
              null,
              "all hosts are done; the inventory is asked which have appeared meanwhile"));
    }
    return holds;
  }

  private synchronized RolloutRecord record() {
    return record;
  }

  private synchronized boolean isWaiting() {
    return record.waiting() != null;
  }

  private synchronized boolean looksForJoiners() {
    return record.joiners() != null;
  }

  private synchronized Hold queued() {
    List<DeploymentId> ahead = Turn.ahead(services.store(), record);
    return new Hold(
        Hold.Kind.QUEUED,
        List.of(),
        null,
        ahead.isEmpty()
            ? "its turn has come, and it begins when its driver looks next"
            : "waits for the end of deployment "
                + ahead.stream().map(DeploymentId::value).collect(Collectors.joining(", "))
                + " of the same group");
  }

  /** What a rollout that waits is made of is another thing once it has begun. */
  private synchronized RolloutState state() {
    if (record.waiting() == null) {
      return reader.read();
    }
    RolloutRecord now = RolloutReader.record(services.store(), id);
    if (now.waiting() == null) {
      record = now;
      reader = new RolloutReader(services.store(), now);
      return reader.read();
    }
    RolloutState state = reader.read();
    return state.status() == DeploymentStatus.CREATED || state.status().isTerminal()
        ? state
        : state();
  }
}
