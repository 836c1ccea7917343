package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.failure.DeployException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.testkit.ScriptedTransport;
import dev.slipway.train.Train;
import dev.slipway.train.TrainCar;
import dev.slipway.train.TrainStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several applications go out together, or back together. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrainTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
  private static final List<String> APPLICATIONS = List.of("db", "api", "worker", "web");

  private static final Checkpoint ASK =
      Checkpoint.beforeAll().approval(new Approval("go?", Duration.ofDays(1)));

  @TempDir private Path directory;
  private final Hasty timers = new Hasty();
  private ScriptedTransport transport = new ScriptedTransport();
  private Deployer deployer;

  @BeforeEach
  void start() {
    deployer = open(new MortalRuntime(directory));
  }

  @AfterEach
  void close() {
    transport.proceed();
    deployer.close();
    timers.threads.shutdownNow();
  }

  /** What is put off is done nearly at once; what the clock says is not touched. */
  private static final class Hasty implements Timers {

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();

    @Override
    public Instant instant() {
      return Instant.now();
    }

    @Override
    public Runnable at(Instant instant, Runnable task) {
      Future<?> later = threads.schedule(task, 5, TimeUnit.MILLISECONDS);
      return () -> later.cancel(false);
    }
  }

  private Deployer open(RolloutRuntime runtime) {
    return Slipway.builder()
        .inventory(
            selector ->
                APPLICATIONS.stream()
                    .flatMap(app -> Stream.of(host(app + "-1", app), host(app + "-2", app)))
                    .filter(selector::matches)
                    .toList())
        .transports(host -> transport)
        .runtime(runtime)
        .timers(timers)
        .build();
  }

  private static Host host(String name, String application) {
    return new Host(new HostId(name), "192.0.2.1", "", Map.of("app", application), Map.of());
  }

  private RolloutBuilder rollout(String application, String version) {
    Path bundle = directory.resolve(version);
    try {
      // Once: what is written again is another bundle, by the times of its files.
      if (!Files.exists(bundle)) {
        Files.createDirectories(bundle);
        Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
        Files.writeString(bundle.resolve("version"), version);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deployer
        .rollout(application, "prod")
        .revision(Revision.localDirectory(bundle))
        .to(hosts -> hosts.tag("app", application))
        .config(DeploymentConfigs.ALL_AT_ONCE);
  }

  private Plan plan(String application, String version) {
    return rollout(application, version).plan();
  }

  /** Every application has a revision to go back to. */
  private void deployFirst() {
    for (String application : APPLICATIONS) {
      assertThat(plan(application, "1.0").start().await(LONG_ENOUGH)).isPresent();
    }
  }

  private Train release() {
    return deployer
        .train("release-2")
        .stage(plan("db", "2.0"))
        .stage(plan("api", "2.0"), plan("worker", "2.0"))
        .stage(plan("web", "2.0"))
        .start();
  }

  private void failWeb() {
    transport.failAt("web-1", LifecycleEvent.INSTALL);
    transport.failAt("web-2", LifecycleEvent.INSTALL);
  }

  private static TrainStatus end(Train train) {
    return train.await(LONG_ENOUGH).orElseThrow(() -> new AssertionError(train.explain()));
  }

  /** The deployments in the order in which hosts have heard of them. */
  private List<DeploymentId> heard() {
    return transport.offered().stream().map(CommandKey::deployment).distinct().toList();
  }

  private static TrainCar car(Train train, String application) {
    return train.cars().stream()
        .filter(car -> car.application().equals(application))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void stages_go_out_one_after_the_other() {
    Train train = release();

    assertThat(end(train)).isEqualTo(TrainStatus.SUCCEEDED);

    assertThat(train.cars()).extracting(TrainCar::stage).containsExactly(1, 2, 2, 3);
    assertThat(train.cars()).extracting(TrainCar::status).containsOnly(DeploymentStatus.SUCCEEDED);
    List<DeploymentId> order = heard();
    assertThat(order.get(0)).isEqualTo(car(train, "db").deployment());
    assertThat(order.get(3)).isEqualTo(car(train, "web").deployment());
    assertThat(train.explain()).isEmpty();
    assertThat(train.reason()).isEmpty();
    assertThat(deployer.trains()).containsExactly("release-2");
  }

  @Test
  void one_that_fails_takes_all_others_back_the_last_stage_first() {
    deployFirst();
    failWeb();

    Train train = release();

    assertThat(end(train)).isEqualTo(TrainStatus.FAILED);
    assertThat(train.reason()).contains("web/prod", "Failed");
    assertThat(train.cars()).allSatisfy(car -> assertThat(car.rollback()).isNotNull());
    List<DeploymentId> order = heard();
    assertThat(order.indexOf(car(train, "api").rollback()))
        .isGreaterThan(order.indexOf(car(train, "web").deployment()));
    assertThat(order.get(order.size() - 1)).isEqualTo(car(train, "db").rollback());
    for (String application : List.of("db", "api", "worker")) {
      DeploymentId back = Optional.ofNullable(car(train, application).rollback()).orElseThrow();
      assertThat(deployer.attach(back).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
      assertThat(deployer.domain().deployments().get(back.value()).creator())
          .isEqualTo(Creator.ROLLBACK);
      assertThat(deployer.attach(back).summary().rollbackOf())
          .isEqualTo(car(train, application).deployment());
    }
  }

  @Test
  void one_that_fails_stops_those_that_run_beside_it() {
    deployFirst();
    transport.failAt("api-1", LifecycleEvent.APPLICATION_STOP);
    transport.failAt("api-2", LifecycleEvent.APPLICATION_STOP);
    Plan worker = rollout("worker", "2.0").checkpoint(ASK).plan();

    Train train = deployer.train("release-2").stage(plan("api", "2.0"), worker).start();

    assertThat(end(train)).isEqualTo(TrainStatus.FAILED);
    assertThat(car(train, "worker").status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_one_way_door_stays_shut_and_says_why() {
    deployFirst();
    failWeb();
    Plan database =
        rollout("db", "2.0")
            .rollback(new RollbackOptions(RollbackOptions.Scope.ALL, false, "schema 41 to 42"))
            .plan();

    Train train =
        deployer
            .train("release-2")
            .stage(database)
            .stage(plan("api", "2.0"))
            .stage(plan("web", "2.0"))
            .start();

    assertThat(end(train)).isEqualTo(TrainStatus.FAILED);
    assertThat(car(train, "db").rollback()).isNull();
    assertThat(car(train, "db").noWayBack()).contains("schema 41 to 42");
    assertThat(car(train, "api").rollback()).isNotNull();
  }

  @Test
  void what_was_deployed_since_is_not_taken_back() {
    deployFirst();
    Plan web = rollout("web", "2.0").checkpoint(ASK).plan();
    Train train = deployer.train("release-2").stage(plan("db", "2.0")).stage(web).start();
    while (car(train, "web").status() != DeploymentStatus.IN_PROGRESS) {
      Thread.onSpinWait();
    }
    Rollout newer = rollout("db", "3.0").onConflict(OnConflict.QUEUE).plan().start();
    assertThat(newer.await(LONG_ENOUGH)).isPresent();

    train.stop(true, "no more");

    assertThat(end(train)).isEqualTo(TrainStatus.STOPPED);
    assertThat(car(train, "db").noWayBack())
        .isEqualTo("deployment " + newer.id() + " came after it");
  }

  @Test
  void a_stop_lets_everything_stay_unless_it_shall_go_back() {
    deployFirst();
    Plan web = rollout("web", "2.0").checkpoint(ASK).plan();
    Train train = deployer.train("release-2").stage(plan("db", "2.0")).stage(web).start();
    while (car(train, "web").status() != DeploymentStatus.IN_PROGRESS) {
      Thread.onSpinWait();
    }

    Train other = deployer.attachTrain("release-2");
    assertThat(other.explain())
        .singleElement()
        .asString()
        .startsWith("stage 2 of 2: waits for web");
    other.stop(false, "lunch");

    assertThat(end(train)).isEqualTo(TrainStatus.STOPPED);
    assertThat(train.reason()).isEqualTo("stopped on request: lunch");
    assertThat(train.cars()).allSatisfy(car -> assertThat(car.rollback()).isNull());
    assertThat(car(train, "web").status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void without_rollback_what_has_succeeded_stays() {
    deployFirst();
    failWeb();

    Train train =
        deployer
            .train("release-2")
            .stage(plan("db", "2.0"))
            .stage(plan("web", "2.0"))
            .withoutRollback()
            .start();

    assertThat(end(train)).isEqualTo(TrainStatus.FAILED);
    assertThat(train.cars()).allSatisfy(car -> assertThat(car.rollback()).isNull());
  }

  @Test
  void what_makes_no_sense_is_refused_before_anything_starts() {
    Plan good = plan("db", "2.0");
    Plan hopeless =
        deployer
            .rollout("db", "prod")
            .revision(Revision.localDirectory(directory.resolve("2.0")))
            .to(hosts -> hosts.tag("app", "none"))
            .plan();

    assertThatThrownBy(() -> deployer.train("a b")).isInstanceOf(RequestException.class);
    assertThatThrownBy(() -> deployer.train("empty").start())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("no stage");
    assertThatThrownBy(() -> deployer.train("r").stage(good, plan("db", "3.0")))
        .hasMessageContaining("db/prod is in train r twice");
    assertThatThrownBy(() -> deployer.train("r").stage(hopeless))
        .hasMessageContaining("NO_INSTANCES");
    assertThatThrownBy(() -> deployer.attachTrain("r")).hasMessage("there is no train r");
    assertThat(end(deployer.train("r").stage(plan("db", "2.0")).start()))
        .isEqualTo(TrainStatus.SUCCEEDED);
    assertThatThrownBy(() -> deployer.train("r").stage(plan("db", "2.0")).start())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("there is a train r already");
  }

  /** The process dies at every step of the train in turn, and another one goes on. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_train_outlives_the_process_whenever_it_dies(boolean afterTheWrite) {
    int write = 1;
    boolean hasDied = true;
    while (hasDied) {
      deployer.close();
      MortalRuntime runtime = new MortalRuntime(directory.resolve("at-" + write));
      transport = new ScriptedTransport();
      deployer = open(runtime);
      deployFirst();
      deployer.close();
      failWeb();
      runtime.nextDiesAt(write, afterTheWrite);
      deployer = open(runtime);
      try {
        Train train = release();
        hasDied = !endsOrDies(train);
      } catch (DeployException e) {
        hasDied = true;
      }
      deployer.close();
      deployer = open(runtime);
      Train train = deployer.trains().isEmpty() ? release() : deployer.attachTrain("release-2");

      assertThat(end(train)).as("write %d", write).isEqualTo(TrainStatus.FAILED);
      assertThat(train.cars())
          .as("write %d", write)
          .allSatisfy(car -> assertThat(car.rollback()).isNotNull());
      assertThat(deployer.rollouts(100)).as("write %d", write).hasSize(12);
      write++;
    }
    assertThat(write).isGreaterThan(10);
  }

  private static boolean endsOrDies(Train train) {
    try {
      return train.await(LONG_ENOUGH).isPresent();
    } catch (DeployException e) {
      return false;
    }
  }
}
