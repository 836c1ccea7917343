package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.engine.Slipway;
import dev.slipway.fleet.Host;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.spi.store.Document;
import dev.slipway.spi.store.DocumentChange;
import dev.slipway.spi.store.Documents;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trains whose first rollout is not kept any more when they go on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SweptTrainTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);
  private static final String NOTE = "train-car-note";

  private static final Checkpoint ASK =
      Checkpoint.beforeAll().approval(new Approval("go?", Duration.ofDays(1)));

  @TempDir private Path directory;
  private ScriptedTransport transport;
  private Deployer deployer;

  @BeforeEach
  void open() {
    transport = new ScriptedTransport();
    deployer =
        Slipway.builder()
            .runtime(EmbeddedRuntime.at(directory.resolve("state")).keepFinished(1))
            .inventory(selector -> List.of(Host.named("web-1")))
            .transport(transport)
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  private RolloutBuilder rollout(String application, String version) {
    Path bundle = directory.resolve(version);
    try {
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
        .to(hosts -> hosts)
        .config(DeploymentConfigs.ALL_AT_ONCE);
  }

  private Plan plan(String application, String version) {
    return rollout(application, version).plan();
  }

  private Plan asking() {
    return rollout("b", "1").checkpoint(ASK).plan();
  }

  private Rollout waiting() {
    while (true) {
      Optional<Rollout> waiting =
          deployer.unfinished().stream().filter(it -> it.awaitedApproval().isPresent()).findFirst();
      if (waiting.isPresent()) {
        return waiting.get();
      }
      Thread.onSpinWait();
    }
  }

  /** Deploys the group of a car anew until its rollout has been swept away. */
  private void sweep(DeploymentId id) {
    for (String version : List.of("2", "3")) {
      assertThat(plan("a", version).start().await(LONG_ENOUGH)).isPresent();
    }
    try (JdbcStore store = TestStore.open(directory.resolve("state"), 1)) {
      while (store.newest(9).contains(id)) {
        Thread.onSpinWait();
      }
    }
  }

  private static DeploymentId first(Train train) {
    return train.cars().get(0).deployment();
  }

  private void approveAndEnd(Train train) {
    waiting().request(RolloutRequest.approve("me", ""));

    assertThat(train.await(LONG_ENOUGH)).contains(TrainStatus.SUCCEEDED);
    assertThat(train.cars())
        .extracting(TrainCar::status)
        .containsExactly(DeploymentStatus.SUCCEEDED, DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_train_goes_on_and_shows_all_its_cars() {
    Train train = deployer.train("t").stage(plan("a", "1")).stage(asking()).start();
    DeploymentId waits = waiting().id();
    sweep(first(train));

    assertThat(train.cars())
        .extracting(TrainCar::status)
        .containsExactly(DeploymentStatus.SUCCEEDED, deployer.attach(waits).status());
    approveAndEnd(train);
  }

  @Test
  void what_others_of_its_group_came_after_does_not_go_back() {
    Train train = deployer.train("t").stage(plan("a", "1")).stage(asking()).start();
    assertThat(waiting().summary().application()).isEqualTo("b");
    DeploymentId first = first(train);
    sweep(first);

    train.stop(true, "");

    assertThat(train.await(LONG_ENOUGH)).contains(TrainStatus.STOPPED);
    assertThat(train.cars().get(0).rollback()).isNull();
    assertThat(train.cars().get(0).noWayBack())
        .isEqualTo(
            "deployment " + first + " is not kept any more: others of its group came after it");
  }

  @Test
  void another_process_does_not_start_again_what_has_succeeded() {
    Train train = deployer.train("t").stage(plan("a", "1"), asking()).start();
    DeploymentId first = first(train);
    awaitNote(first, "SUCCEEDED");
    sweep(first);
    close();

    open();

    approveAndEnd(deployer.attachTrain("t"));
    assertThat(transport.offered()).extracting(CommandKey::deployment).doesNotContain(first);
  }

  @Test
  void what_nobody_has_seen_the_end_of_is_not_started_again_and_counts_as_failed() {
    Train train = deployer.train("t").stage(plan("a", "1"), asking()).start();
    DeploymentId first = first(train);
    Document ended = awaitNote(first, "SUCCEEDED");
    sweep(first);
    close();
    try (JdbcStore store = TestStore.open(directory.resolve("state"), 1)) {
      String started = ended.json().replace("SUCCEEDED", "IN_PROGRESS");
      store
          .documents()
          .write(List.of(new DocumentChange(NOTE, ended.key(), ended.version(), started)));
    }

    open();

    Train again = deployer.attachTrain("t");
    assertThat(again.await(LONG_ENOUGH)).contains(TrainStatus.FAILED);
    assertThat(again.reason()).isEqualTo("a/prod (" + first + ") is Failed");
    assertThat(transport.offered()).extracting(CommandKey::deployment).doesNotContain(first);
  }

  private Document awaitNote(DeploymentId id, String status) {
    try (JdbcStore store = TestStore.open(directory.resolve("state"), 1)) {
      Documents documents = store.documents();
      while (true) {
        Optional<Document> note =
            documents.read(NOTE, "t/" + id).filter(it -> it.json().contains(status));
        if (note.isPresent()) {
          return note.get();
        }
        Thread.onSpinWait();
      }
    }
  }
}
