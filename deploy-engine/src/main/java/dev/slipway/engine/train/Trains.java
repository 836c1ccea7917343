package dev.slipway.engine.train;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.driver.DriverServices;
import dev.slipway.engine.driver.RecordCodec;
import dev.slipway.engine.driver.RolloutRecord;
import dev.slipway.engine.planning.EngineDeployer;
import dev.slipway.engine.runtime.NamedThreads;
import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Plan;
import dev.slipway.spi.store.Documents;
import dev.slipway.train.Train;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts trains, and drives those that are not over where their rollouts are driven: looks when
 * rollouts have changed, and from time to time while there is a train. Two processes that do it at
 * once do no harm, since each state is kept before anything is done about it, each step is done
 * once, and a rollout that was started after its train had come to a stop is stopped.
 *
 * <p>Thread-safe.
 */
public final class Trains implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trains.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** Rollouts change often, and seldom so that it matters to a train. */
  private static final Duration AFTER_CHANGES = Duration.ofMillis(200);

  /** Another process may have made a train, and died before it started anything. */
  private static final Duration LOOK_WITHOUT_CHANGES = Duration.ofSeconds(10);

  private static final long SECONDS_TO_CLOSE = 5;

  private final KeptTrains trains;
  private final TrainYard yard;
  private final EngineDeployer engine;
  private final DriverServices services;
  private final ExecutorService thread;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private final AtomicBoolean isPutOff = new AtomicBoolean();
  private final AtomicBoolean isPutOffForLong = new AtomicBoolean();
  private volatile Runnable endOfChanges = () -> {};
  private volatile boolean closed;

  /**
   * Makes one that drives nothing yet.
   *
   * @param engine has the rollouts
   * @param documents where trains are kept
   */
  public Trains(EngineDeployer engine, Documents documents) {
    this.engine = engine;
    this.services = engine.services();
    this.trains = new KeptTrains(documents);
    this.yard = new TrainYard(trains, services);
    this.thread = Executors.newSingleThreadExecutor(NamedThreads.daemons("slipway-trains"));
  }

  /** Begins to drive. Returns at once. */
  public void start() {
    endOfChanges = services.store().onChange(this::changed);
    lookSoon();
  }

  /** As {@link dev.slipway.Deployer#train}. */
  public Train start(String name, List<List<Plan>> stages, boolean rollsBack) {
    trains.checkFree(name);
    List<KeptTrains.KeptCar> cars = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      for (Plan plan : stages.get(stage)) {
        RolloutRecord record = engine.prepared(plan, rollsBack);
        cars.add(new KeptTrains.KeptCar(stage + 1, RecordCodec.encode(record)));
      }
    }
    trains.create(name, services.timers().instant(), cars, rollsBack);
    LOG.info("train={} has {} rollouts in {} stages", name, cars.size(), stages.size());
    // Wherever it is driven: its first rollouts are how those who drive learn of it.
    driveWithoutFail(name);
    lookSoon();
    return handle(name);
  }

  /** As {@link dev.slipway.Deployer#attachTrain}. */
  public Train attach(String name) {
    if (trains.find(name).isEmpty()) {
      throw new RequestException("there is no train " + name);
    }
    return handle(name);
  }

  /** As {@link dev.slipway.Deployer#trains}. */
  public List<String> names() {
    return trains.names();
  }

  private Train handle(String name) {
    return new TrainHandle(name, trains, yard, services, this::lookSoon);
  }

  private void changed(DeploymentId unused) {
    lookAfter(AFTER_CHANGES, isPutOff);
  }

  /** However often it is called, one look is enough for all that was before it. */
  private void lookSoon() {
    if (closed || isAsked.getAndSet(true)) {
      return;
    }
    try {
      thread.execute(this::look);
    } catch (RejectedExecutionException e) {
      LOG.debug("no train is driven any more: the engine is closed", e);
    }
  }

  private void lookAfter(Duration pause, AtomicBoolean isComing) {
    if (closed || isComing.getAndSet(true)) {
      return;
    }
    Runnable unused =
        services
            .timers()
            .at(
                services.timers().instant().plus(pause),
                () -> {
                  isComing.set(false);
                  lookSoon();
                });
  }

  private void look() {
    isAsked.set(false);
    boolean isAgain = true;
    try {
      List<String> open = trains.open();
      if (services.supervisor().isDrivingHere()) {
        open.forEach(this::driveWithoutFail);
      }
      isAgain = !open.isEmpty();
    } catch (RuntimeException e) {
      LOG.warn("looking for trains failed, again in {}", LOOK_EVERY, e);
    }
    if (isAgain) {
      lookAfter(LOOK_EVERY, isPutOff);
    } else if (services.supervisor().isDrivingHere()) {
      lookAfter(LOOK_WITHOUT_CHANGES, isPutOffForLong);
    }
  }

  /** One train that cannot go on holds up no other. */
  private void driveWithoutFail(String name) {
    try {
      drive(name);
    } catch (RuntimeException e) {
      LOG.warn("train={} cannot go on just now, again in {}", name, LOOK_EVERY, e);
    }
  }

  private void drive(String name) {
    TrainState before;
    TrainState state = trains.get(name).state();
    do {
      before = state;
      List<SeenCar> cars = yard.lookAndNote(name, before);
      TrainState seen = before;
      state = trains.change(name, kept -> kept.equals(seen) ? TrainCore.decide(kept, cars) : kept);
    } while (!state.equals(before));
    TrainState settled = state;
    TrainCore.steps(settled, yard.lookAndNote(name, settled))
        .forEach(step -> yard.take(name, settled, step));
    if (settled.status().isTerminal()) {
      yard.forget(name);
    }
  }

  @Override
  public void close() {
    closed = true;
    endOfChanges.run();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
