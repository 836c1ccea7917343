package dev.slipway.engine;

import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.RevisionQuery;
import dev.slipway.domain.TagSelection;
import dev.slipway.event.RecordedEvent;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.TagFilter;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.transport.Transport;
import dev.slipway.testkit.ScriptedTransport;
import dev.slipway.testkit.VirtualTimers;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot do its part just when it is needed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class StoreAwayTest {

  @TempDir private Path directory;

  private final ScriptedTransport transport = new ScriptedTransport();
  private final VirtualTimers timers = new VirtualTimers();
  private StoreWithFaults store;
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    store = new StoreWithFaults(directory.resolve("state"));
    deployer =
        Slipway.builder()
            .inventory(selector -> List.of(Host.named("web-1")))
            .transport(transport)
            .runtime(store)
            .timers(timers)
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void what_a_host_reports_while_the_store_is_away_is_kept_later() {
    transport.hold();
    Rollout rollout = web();
    awaitOffer();
    store.failNext("deliver", 4);

    transport.proceed();
    assertThat(store.faultsLeft("deliver")).isEqualTo(2);
    advanceUntilOver(rollout);

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(transport.offered()).hasSize(7);
  }

  @Test
  void a_rollout_goes_on_after_a_commit_that_was_repeated_because_its_answer_was_lost() {
    store.repeatNextCommit();
    Rollout rollout = web();
    while (store.isCommitToRepeat()) {
      Thread.onSpinWait();
    }
    assertThat(transport.offered()).isEmpty();

    advanceUntilOver(rollout);

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(transport.offered()).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void a_rollback_is_driven_though_the_answer_to_the_end_before_it_was_lost() {
    assertThat(end(web()).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    transport.failAt("web-1", LifecycleEvent.INSTALL);
    store.loseAnswerToNextEnd();

    Rollout failed = plan(rollout -> rollout.autoRollback(DEPLOYMENT_FAILURE)).start();
    assertThat(end(failed).status()).isEqualTo(DeploymentStatus.FAILED);
    transport.succeedAt("web-1");
    Rollout rollback = failed.rollback().orElseThrow();
    advanceUntilOver(rollback);

    assertThat(end(rollback).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void what_a_deployment_is_about_stays_when_the_answer_to_its_creation_was_lost() {
    DeploymentRequest request = request("build 41");
    store.loseAnswerToNextCreate();

    assertThatThrownBy(() -> deployer.domain().deployments().create(request))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the answer makes no sense");

    DeploymentId id = deployer.rollouts(1).get(0).id();
    assertThat(deployer.domain().deployments().get(id.value()).description()).isEqualTo("build 41");
  }

  @Test
  void nothing_stays_of_a_deployment_that_the_store_has_not_created() {
    DeploymentRequest request = request("build 41");
    store.failNext("create", Integer.MAX_VALUE);

    assertThatThrownBy(() -> deployer.domain().deployments().create(request))
        .isInstanceOf(StoreException.class);

    assertThat(deployer.domain().revisions().list("web", RevisionQuery.ALL, null).items())
        .isEmpty();
  }

  private DeploymentRequest request(String description) {
    deployer.domain().applications().create("web");
    deployer
        .domain()
        .deploymentGroups()
        .create(
            "web",
            "prod",
            GroupSettings.builder().hosts(TagSelection.anyOf(TagFilter.of("role", "web"))).build());
    return DeploymentRequest.to("web", "prod")
        .revision(RevisionLocation.local(directory.resolve("1.0").toString()))
        .description(description)
        .build();
  }

  @Test
  void a_subscriber_gets_the_events_that_the_store_did_not_tell_of() throws Exception {
    store.tellNobody();
    transport.hold();
    Rollout rollout = web();
    BlockingQueue<RecordedEvent> seen = new LinkedBlockingQueue<>();
    rollout.onEvent(seen::add);
    awaitOffer();
    transport.proceed();
    end(rollout);

    timers.advance(Duration.ofSeconds(5));

    RecordedEvent event;
    do {
      event = seen.take();
    } while (!event.event().kind().equals("RolloutEnded"));
  }

  @Test
  void a_subscriber_outlives_a_store_that_is_away() throws Exception {
    transport.hold();
    Rollout rollout = web();
    awaitOffer();
    transport.proceed();
    end(rollout);
    store.failNext("journal", 3);
    BlockingQueue<RecordedEvent> seen = new LinkedBlockingQueue<>();
    rollout.onEvent(seen::add);
    while (store.faultsLeft("journal") > 0) {
      Thread.onSpinWait();
    }

    timers.advance(Duration.ofSeconds(5));

    assertThat(seen.take().sequence()).isEqualTo(1);
  }

  @Test
  void a_runtime_that_cannot_be_opened_leaves_nothing_open() {
    AtomicInteger closed = new AtomicInteger();
    Transport counted =
        (Transport)
            Proxy.newProxyInstance(
                Transport.class.getClassLoader(),
                new Class<?>[] {Transport.class},
                (proxy, method, arguments) -> {
                  closed.incrementAndGet();
                  return null;
                });

    assertThatThrownBy(
            () ->
                Slipway.builder()
                    .inventory(selector -> List.of())
                    .transport(counted)
                    .runtime(
                        (clock, local) -> {
                          throw new StoreException(Reason.CORRUPT, "no database");
                        })
                    .build())
        .isInstanceOf(StoreException.class)
        .hasMessage("no database");
    assertThat(closed).hasValue(1);
  }

  private Rollout web() {
    return plan(rollout -> rollout).start();
  }

  private Plan plan(UnaryOperator<RolloutBuilder> change) {
    return change
        .apply(
            deployer
                .rollout("web", "prod")
                .revision(Revision.localDirectory(directory.resolve("1.0")))
                .to(hosts -> hosts))
        .plan();
  }

  private void awaitOffer() {
    while (transport.offered().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Reports are tried again soon; no host has to wait for its deadline. */
  private void advanceUntilOver(Rollout rollout) {
    while (!rollout.status().isTerminal()) {
      timers.advance(Duration.ofMillis(1));
      Thread.onSpinWait();
    }
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(Duration.ofMinutes(1)).orElseThrow();
  }
}
