package dev.slipway.engine;

import static dev.slipway.deployment.AutoRollbackEvent.DEPLOYMENT_FAILURE;
import static dev.slipway.deployment.LifecycleEvent.VALIDATE_SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.HostStatus;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEvent;
import dev.slipway.failure.AppSpecException;
import dev.slipway.failure.PlanOutdatedException;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeployerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<Host> fleet = new ArrayList<>();
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    fleet.addAll(hosts(4));
    bundle("1.0", "version: 0.0\nos: linux\n");
    deployer = newDeployer();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void a_rollout_runs_the_seven_events_on_each_host_and_succeeds() {
    RolloutResult result = rollOut(web("1.0"));

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(result.overview().succeeded()).isEqualTo(4);
    assertThat(transport.offered()).hasSize(28);
    assertThat(transport.offered().subList(0, 7))
        .extracting(key -> key.event().wireName())
        .containsExactly(
            "ApplicationStop",
            "DownloadBundle",
            "BeforeInstall",
            "Install",
            "AfterInstall",
            "ApplicationStart",
            "ValidateService");
  }

  @Test
  void a_bad_revision_stops_at_the_floor_and_the_last_good_one_comes_back() throws Exception {
    rollOut(web("1.0"));
    bundle("1.1", "version: 0.0\nos: linux\n");
    transport.failAt("web-1", VALIDATE_SERVICE);

    Rollout rollout =
        web("1.1")
            .order(HostOrder.explicit(List.of(new HostId("web-1"))))
            .autoRollback(DEPLOYMENT_FAILURE)
            .plan()
            .start();
    RolloutResult result = rollout.await(MINUTE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(result.hosts())
        .extracting(HostResult::status)
        .containsExactly(
            HostStatus.FAILED, HostStatus.SKIPPED, HostStatus.SKIPPED, HostStatus.SKIPPED);
    assertThat(result.hosts().get(0).failedEvent()).isEqualTo(VALIDATE_SERVICE);
    Rollout rollback = rollout.rollback().orElseThrow();
    assertThat(rollback.id()).isEqualTo(result.rollback());
    assertThat(rollback.await(MINUTE)).isPresent();
  }

  @Test
  void a_rollback_works_in_another_process_that_shares_the_state_directory() throws Exception {
    rollOut(web("1.0"));
    deployer.close();
    deployer = newDeployer();
    bundle("1.1", "version: 0.0\nos: linux\n");

    Plan plan = web("1.1").autoRollback(DEPLOYMENT_FAILURE).plan();

    assertThat(plan.rollback().revision()).isNotNull();
    assertThat(plan.rollback().events()).containsExactly(DEPLOYMENT_FAILURE);
  }

  @Test
  void a_plan_is_started_by_another_deployer_of_the_same_hosts_unless_they_have_changed() {
    Plan plan = web("1.0").plan();
    Plan later = web("1.0").plan();
    try (Deployer other = newDeployer()) {
      assertThat(other.start(plan).await(MINUTE).orElseThrow().status())
          .isEqualTo(DeploymentStatus.SUCCEEDED);

      fleet.add(Host.named("web-9"));

      assertThatThrownBy(() -> other.start(later)).isInstanceOf(PlanOutdatedException.class);
    }
    assertThat(deployer.rollouts(10)).isEmpty();
  }

  @Test
  void a_plan_names_numbers_scripts_and_waves_and_changes_nothing() throws Exception {
    bundle(
        "1.2", "version: 0.0\nos: linux\nhooks:\n  ApplicationStart:\n    - location: start.sh\n");

    Plan plan =
        web("1.2")
            .minimumHealthy(MinimumHealthyHosts.hostCount(1))
            .strategy(StrategyReference.waves(WaveSize.count(1), WaveSize.rest()))
            .plan();

    assertThat(plan.minimumHealthy()).isEqualTo(1);
    assertThat(plan.failureBudget()).isEqualTo(3);
    assertThat(plan.waves()).extracting(List::size).containsExactly(1, 3);
    assertThat(plan.scripts()).isEqualTo(Map.of("ApplicationStart", List.of("start.sh")));
    assertThat(plan.error()).isEmpty();
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @Test
  void a_fleet_without_room_fails_before_anything_is_touched() {
    RolloutResult result = rollOut(web("1.0").minimumHealthy(MinimumHealthyHosts.hostCount(4)));

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS_INVALID);
    assertThat(transport.offered()).isEmpty();
  }

  @Test
  void a_plan_of_another_fleet_is_not_started() {
    Plan plan = web("1.0").plan();
    fleet.addAll(hosts(6).subList(4, 6));

    assertThatThrownBy(plan::start)
        .isInstanceOf(PlanOutdatedException.class)
        .hasMessageContaining("there were 4, there are 6");
    assertThat(rollOutNow(plan.startCurrent()).overview().total()).isEqualTo(6);
  }

  @Test
  void a_second_rollout_of_the_group_is_refused_while_one_is_active() {
    transport.hold();
    Rollout first = web("1.0").plan().start();

    assertThatThrownBy(() -> web("1.0").plan().start())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(first.id().value());
    transport.proceed();
    assertThat(rollOutNow(first).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_token_starts_one_rollout() {
    transport.hold();
    Plan plan = web("1.0").plan();

    Rollout first = plan.start("release-7");
    Rollout again = plan.start("release-7");

    assertThat(again.id()).isEqualTo(first.id());
    transport.proceed();
    rollOutNow(first);
  }

  @Test
  void a_token_stands_for_its_rollout_whatever_has_changed_since() {
    Plan plan = web("1.0").plan();
    Rollout first = plan.start("release-7");
    rollOutNow(first);
    fleet.remove(0);

    assertThat(plan.start("release-7").id()).isEqualTo(first.id());
    assertThatThrownBy(() -> plan.start("release-8")).isInstanceOf(PlanOutdatedException.class);
  }

  @Test
  void a_stop_lets_running_events_end_and_starts_nothing_new() {
    transport.hold();
    Rollout rollout = web("1.0").plan().start();
    rollout.stop("lunch");
    transport.proceed();

    RolloutResult result = rollOutNow(rollout);

    assertThat(result.status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(Objects.requireNonNull(result.error()).code()).isEqualTo(ErrorCode.MANUAL_STOP);
    assertThat(transport.offered().size()).isLessThanOrEqualTo(1);
  }

  @Test
  void a_subscriber_gets_every_event_at_its_own_pace() throws Exception {
    Rollout rollout = web("1.0").plan().start();
    rollOutNow(rollout);
    List<RecordedEvent> events = new ArrayList<>();
    CountDownLatch complete = new CountDownLatch(1);

    rollout.events(0).subscribe(oneByOne(events, complete));

    complete.await();
    assertThat(events).extracting(RecordedEvent::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(events)
        .extracting(RecordedEvent::event)
        .extracting(RolloutEvent::kind)
        .startsWith("RolloutStarted")
        .endsWith("RolloutEnded");
  }

  @Test
  void a_listener_that_throws_an_error_hears_what_comes_next() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Rollout rollout = web("1.0").plan().start();

    rollout.onEvent(
        event -> {
          if (event.event().kind().equals("RolloutEnded")) {
            ended.countDown();
          }
          throw new AssertionError("not what was expected");
        });

    ended.await();
  }

  @Test
  void a_subscriber_that_throws_an_error_is_told_of_it() throws Exception {
    Rollout rollout = web("1.0").plan().start();
    CompletableFuture<Throwable> told = new CompletableFuture<>();

    rollout.events(0).subscribe(throwing(new NoClassDefFoundError("com/acme/Events"), told));

    assertThat(told.get()).hasMessage("com/acme/Events");
  }

  @Test
  void a_bundle_with_a_bad_appspec_is_refused_with_the_place() throws Exception {
    bundle("9.9", "version: 0.0\nos: beos\n");

    assertThatThrownBy(() -> web("9.9").plan())
        .isInstanceOfSatisfying(
            AppSpecException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.describe()).contains("appspec.yml:2").contains("beos");
            });
  }

  @Test
  void a_strategy_without_a_floor_is_refused() {
    RolloutBuilder builder =
        deployer
            .rollout("web", "prod")
            .revision(Revision.localDirectory(directory.resolve("1.0")))
            .to(hosts -> hosts.tag("role", "web"))
            .strategy(StrategyReference.waves(WaveSize.count(1)));

    assertThatThrownBy(builder::plan)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("needs a floor");
  }

  private RolloutBuilder web(String version) {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve(version)))
        .to(hosts -> hosts.tag("role", "web"));
  }

  private static RolloutResult rollOut(RolloutBuilder builder) {
    return rollOutNow(builder.plan().start());
  }

  private static RolloutResult rollOutNow(Rollout rollout) {
    return rollout.await(MINUTE).orElseThrow();
  }

  private Deployer newDeployer() {
    return Slipway.builder()
        .inventory(selector -> fleet.stream().filter(selector::matches).toList())
        .transport(transport)
        .state(directory.resolve("state"))
        .random(new Random(7))
        .build();
  }

  private static List<Host> hosts(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            n ->
                new Host(
                    new HostId("web-" + n), "192.0.2." + n, "", Map.of("role", "web"), Map.of()))
        .toList();
  }

  private void bundle(String version, String appSpec) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve(version));
    Files.writeString(bundle.resolve("appspec.yml"), appSpec);
    Files.writeString(bundle.resolve("VERSION"), version);
  }

  private static Flow.Subscriber<RecordedEvent> throwing(
      Error error, CompletableFuture<Throwable> told) {
    return new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(1);
      }

      @Override
      public void onNext(RecordedEvent event) {
        throw error;
      }

      @Override
      public void onError(Throwable failure) {
        told.complete(failure);
      }

      @Override
      public void onComplete() {}
    };
  }

  private static Flow.Subscriber<RecordedEvent> oneByOne(
      List<RecordedEvent> events, CountDownLatch complete) {
    return new Flow.Subscriber<>() {
      private Flow.@Nullable Subscription subscription;

      @Override
      public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
      }

      @Override
      public void onNext(RecordedEvent event) {
        events.add(event);
        Objects.requireNonNull(subscription).request(1);
      }

      @Override
      public void onError(Throwable error) {
        complete.countDown();
      }

      @Override
      public void onComplete() {
        complete.countDown();
      }
    };
  }
}
