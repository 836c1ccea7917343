package dev.slipway.engine.domain;

import static dev.slipway.engine.domain.DomainStage.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.BlueGreenOptions.BlueFleet;
import dev.slipway.domain.BlueGreenOptions.GreenFleet;
import dev.slipway.domain.BlueGreenOptions.ReadyAction;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentMode;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentRequestBuilder;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.DeploymentTarget;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.TagSelection;
import dev.slipway.domain.WaitType;
import dev.slipway.failure.DomainError;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.TagFilter;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficControl;
import dev.slipway.spi.traffic.TrafficControl.TrafficState;
import dev.slipway.spi.traffic.TrafficOrder;
import dev.slipway.spi.traffic.TrafficReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deployment groups with load balancers, in place and blue/green. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class GroupTrafficTest {

  private static final TagSelection GREEN = TagSelection.anyOf(TagFilter.of("role", "green"));
  private static final DeploymentStyle IN_PLACE =
      new DeploymentStyle(
          DeploymentStyle.Type.IN_PLACE, DeploymentStyle.Option.WITH_TRAFFIC_CONTROL);
  private static final DeploymentStyle BLUE_GREEN =
      new DeploymentStyle(
          DeploymentStyle.Type.BLUE_GREEN, DeploymentStyle.Option.WITH_TRAFFIC_CONTROL);
  private static final BlueGreenOptions AT_ONCE =
      new BlueGreenOptions(
          GreenFleet.DISCOVER_EXISTING,
          ReadyAction.CONTINUE_DEPLOYMENT,
          0,
          BlueFleet.KEEP_ALIVE,
          0);
  private static final LoadBalancerInfo BALANCERS =
      new LoadBalancerInfo(List.of("old"), List.of("web"));

  /** Balancers that switch at once, by kind and name. */
  private final Map<String, AtOnce> balancers = new ConcurrentHashMap<>();

  private final List<String> terminated = Collections.synchronizedList(new ArrayList<>());
  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory,
            builder ->
                builder
                    .trafficControl(
                        TrafficReference.TARGET_GROUP, 1, name -> balancer("target-group " + name))
                    .trafficControl(
                        TrafficReference.CLASSIC_LOAD_BALANCER, 1, name -> balancer("elb " + name))
                    .hostTerminator(
                        TerminatorReference.OF_DEPLOYMENT_GROUPS.name(),
                        (hosts, key) -> hosts.forEach(host -> terminated.add(host.id().value()))));
    stage.host("green-1", Map.of("role", "green"));
    stage.host("green-2", Map.of("role", "green"));
    stage.webProd();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private AtOnce balancer(String name) {
    return balancers.computeIfAbsent(name, unused -> new AtOnce());
  }

  /** Switches at once. */
  private static final class AtOnce implements TrafficControl {
    private final Set<HostId> out = ConcurrentHashMap.newKeySet();

    @Override
    public void remove(List<Host> hosts, TrafficOrder order) {
      hosts.forEach(host -> out.add(host.id()));
    }

    @Override
    public void add(List<Host> hosts, TrafficOrder order) {
      hosts.forEach(host -> out.remove(host.id()));
    }

    @Override
    public Map<HostId, TrafficState> states(List<Host> hosts) {
      return hosts.stream().collect(Collectors.toMap(Host::id, host -> state(host.id())));
    }

    TrafficState state(HostId host) {
      return out.contains(host) ? TrafficState.OUT_OF_SERVICE : TrafficState.IN_SERVICE;
    }
  }

  private void group(DeploymentStyle style) {
    group(GroupSettings.builder().style(style).loadBalancers(BALANCERS).build());
  }

  private void group(DeploymentStyle style, BlueGreenOptions options) {
    group(GroupSettings.builder().style(style).loadBalancers(BALANCERS).blueGreen(options).build());
  }

  private void group(GroupSettings settings) {
    stage.domain().deploymentGroups().update("web", "prod", settings);
  }

  private DeploymentRequestBuilder request() {
    return DeploymentRequest.to("web", "prod").revision(stage.version("1.0"));
  }

  private DeploymentId create(DeploymentRequestBuilder request) {
    return stage.domain().deployments().create(request.build());
  }

  private DeploymentInfo info(DeploymentId id) {
    return stage.domain().deployments().get(id.value());
  }

  private List<String> ran(String host) {
    return stage.transport().offered().stream()
        .filter(key -> key.host().value().equals(host))
        .map(key -> key.event().wireName())
        .toList();
  }

  private void assertRefusal(DomainError error, String part, DeploymentRequestBuilder request) {
    assertRefused(error, part, () -> create(request));
  }

  private void await(DeploymentId id, String event) {
    CountDownLatch heard = new CountDownLatch(1);
    stage
        .deployer()
        .attach(id)
        .onEvent(
            recorded -> {
              if (recorded.event().kind().equals(event)) {
                heard.countDown();
              }
            });
    try {
      heard.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_host_in_place_leaves_and_comes_back_to_all_load_balancers() {
    group(IN_PLACE);

    DeploymentId id = create(request());

    assertThat(stage.end(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(balancers).containsOnlyKeys("elb old", "target-group web");
    assertThat(stage.domain().deployments().target(id.value(), "web-1").events())
        .extracting(DeploymentTarget.Run::event)
        .containsExactlyElementsOf(LifecycleEvent.IN_PLACE_WITH_TRAFFIC);
    assertThat(info(id).options().style()).isEqualTo(IN_PLACE);
    assertThat(info(id).options().loadBalancers()).isEqualTo(BALANCERS);
  }

  @Test
  void load_balancers_without_traffic_control_are_kept_and_not_used() {
    group(GroupSettings.builder().loadBalancers(BALANCERS).build());

    DeploymentId id = create(request());

    assertThat(stage.end(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(ran("web-1"))
        .isEqualTo(LifecycleEvent.IN_PLACE.stream().map(LifecycleEvent::wireName).toList());
  }

  @Test
  void a_blue_green_deployment_goes_to_the_target_instances_which_are_the_group_from_then_on() {
    group(BLUE_GREEN, AT_ONCE);

    DeploymentId first = create(request().targetInstances(GREEN));
    RolloutResult result = stage.end(first);

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(stage.domain().deployments().targets(first.value()))
        .extracting(target -> target.host().value(), DeploymentTarget::label)
        .containsExactlyInAnyOrder(
            tuple("green-1", DeploymentTarget.Label.GREEN),
            tuple("green-2", DeploymentTarget.Label.GREEN),
            tuple("web-1", DeploymentTarget.Label.BLUE),
            tuple("web-2", DeploymentTarget.Label.BLUE),
            tuple("web-3", DeploymentTarget.Label.BLUE));
    assertThat(ran("web-1")).containsExactly("BeforeBlockTraffic", "AfterBlockTraffic");
    assertThat(info(first).options().targetInstances()).isEqualTo(GREEN);
    assertThat(info(first).options().blueGreen()).isEqualTo(AT_ONCE);
    assertThat(info(first).terminationWaitStarted()).isFalse();
    assertThat(stage.domain().deploymentGroups().get("web", "prod").settings().hosts())
        .isEqualTo(GREEN);

    TagSelection back = TagSelection.anyOf(TagFilter.of("role", "web"));
    DeploymentId second = create(request().revision(stage.version("2.0")).targetInstances(back));

    assertThat(stage.end(second).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(stage.domain().deployments().target(second.value(), "green-1").label())
        .isEqualTo(DeploymentTarget.Label.BLUE);
  }

  @Test
  void whoever_says_which_hosts_belong_to_the_group_has_the_last_word() {
    group(BLUE_GREEN, AT_ONCE);
    stage.end(create(request().targetInstances(GREEN)));

    TagSelection one = TagSelection.anyOf(TagFilter.of("role", "one"));
    group(GroupSettings.builder().hosts(one).build());

    GroupSettings settings = stage.domain().deploymentGroups().get("web", "prod").settings();
    assertThat(settings.hosts()).isEqualTo(one);
    assertThat(settings.onPremises()).isEqualTo(GREEN);
  }

  @Test
  void a_failed_blue_green_deployment_leaves_the_group_as_it_is() {
    group(BLUE_GREEN, AT_ONCE);
    stage.failEverywhere();

    DeploymentId id = create(request().targetInstances(GREEN));

    RolloutResult result = stage.end(id);
    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(ran("web-1")).isEmpty();
    assertThat(stage.domain().deploymentGroups().get("web", "prod").settings().hosts())
        .isNotEqualTo(GREEN);
  }

  @Test
  void replacement_hosts_may_be_registered_ones() {
    group(BLUE_GREEN, AT_ONCE);
    stage
        .domain()
        .onPremisesInstances()
        .register("green-3", "arn:aws:iam::123456789012:user/green-3", null);
    stage.domain().onPremisesInstances().addTags(List.of("green-3"), Map.of("role", "green"));

    DeploymentId id = create(request().targetInstances(GREEN));

    stage.end(id);
    assertThat(stage.domain().deployments().targets(id.value()))
        .filteredOn(target -> target.label() == DeploymentTarget.Label.GREEN)
        .extracting(target -> target.host().value())
        .containsExactlyInAnyOrder("green-1", "green-2", "green-3");
  }

  @Test
  void nobody_to_replace_the_hosts_is_an_outcome() {
    group(BLUE_GREEN, AT_ONCE);

    DeploymentId id =
        create(request().targetInstances(TagSelection.anyOf(TagFilter.of("role", "none"))));

    assertThat(Objects.requireNonNull(stage.end(id).error()).code())
        .isEqualTo(ErrorCode.NO_INSTANCES);
  }

  @Test
  void a_deployment_that_is_ready_waits_for_somebody_who_continues_it() {
    group(
        BLUE_GREEN,
        new BlueGreenOptions(
            GreenFleet.DISCOVER_EXISTING,
            ReadyAction.STOP_DEPLOYMENT,
            60,
            BlueFleet.KEEP_ALIVE,
            0));
    DeploymentId id = create(request().targetInstances(GREEN));
    await(id, "SwitchAwaited");

    assertThat(info(id).status()).isEqualTo(DeploymentStatus.READY);
    assertRefused(
        DomainError.DEPLOYMENT_IS_NOT_IN_READY_STATE,
        "TERMINATION_WAIT",
        () -> stage.domain().deployments().skipWaitTimeForInstanceTermination(id.value()));
    stage.domain().deployments().continueDeployment(id.value(), WaitType.READY_WAIT);

    assertThat(stage.end(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void original_hosts_wait_for_their_end_until_somebody_skips_that() {
    group(BLUE_GREEN, terminating(60));
    DeploymentId id = create(request().targetInstances(GREEN));
    await(id, "TerminationAwaited");

    assertThat(info(id).status()).isEqualTo(DeploymentStatus.IN_PROGRESS);
    assertThat(info(id).terminationWaitStarted()).isTrue();
    assertThat(terminated).isEmpty();
    assertRefused(
        DomainError.DEPLOYMENT_IS_NOT_IN_READY_STATE,
        "READY_WAIT",
        () -> stage.domain().deployments().continueDeployment(id.value(), WaitType.READY_WAIT));
    stage.domain().deployments().skipWaitTimeForInstanceTermination(id.value());

    assertThat(stage.end(id).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(terminated).containsExactlyInAnyOrder("web-1", "web-2", "web-3");
    assertThat(info(id).terminationWaitStarted()).isTrue();
  }

  @Test
  void a_stop_while_original_hosts_wait_brings_the_traffic_back_to_them() {
    group(BLUE_GREEN, AT_ONCE);
    stage.end(create(request().targetInstances(GREEN)));
    stage.host("blue-1", Map.of("role", "blue"));
    group(BLUE_GREEN, terminating(60));
    DeploymentId id =
        create(
            request()
                .revision(stage.version("2.0"))
                .targetInstances(TagSelection.anyOf(TagFilter.of("role", "blue"))));
    await(id, "TerminationAwaited");

    stage.domain().deployments().stop(id.value(), true);
    stage.end(id);

    Rollout rollback = stage.deployer().attach(id).rollback().orElseThrow();
    assertThat(stage.end(rollback.id()).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(info(rollback.id()).options().style()).isEqualTo(BLUE_GREEN);
    assertThat(info(rollback.id()).options().loadBalancers()).isEqualTo(BALANCERS);
    assertThat(terminated).isEmpty();
    assertThat(balancer("target-group web").state(new HostId("green-1")))
        .isEqualTo(TrafficState.IN_SERVICE);
    assertThat(balancer("elb old").state(new HostId("blue-1")))
        .isEqualTo(TrafficState.OUT_OF_SERVICE);
  }

  @Test
  void a_blue_green_deployment_does_not_wait_for_its_turn() {
    group(BLUE_GREEN, terminating(60));
    DeploymentId first = create(request().targetInstances(GREEN));
    await(first, "TerminationAwaited");

    assertRefusal(
        DomainError.DEPLOYMENT_LIMIT_EXCEEDED,
        first.value(),
        request().targetInstances(GREEN).onConflict(OnConflict.QUEUE));
  }

  private static BlueGreenOptions terminating(int minutes) {
    return new BlueGreenOptions(
        GreenFleet.DISCOVER_EXISTING,
        ReadyAction.CONTINUE_DEPLOYMENT,
        0,
        BlueFleet.TERMINATE,
        minutes);
  }

  @Test
  void a_blue_green_group_refuses_what_does_not_go_with_it() {
    group(BLUE_GREEN, AT_ONCE);

    assertRefusal(DomainError.INVALID_TARGET_INSTANCES, "needs target instances", request());
    assertRefusal(
        DomainError.INVALID_TARGET_INSTANCES,
        "needs target instances",
        request().targetInstances(TagSelection.NONE));
    assertRefusal(
        DomainError.INVALID_TARGET_INSTANCES,
        "cannot replace one of its hosts",
        request().targetInstances(TagSelection.anyOf(TagFilter.of("role", "web"))));
    assertRefusal(
        DomainError.INVALID_EC2_TAG_COMBINATION,
        "not both",
        request()
            .targetInstances(
                new TagSelection(
                    GREEN.filters(), List.of(List.of(TagFilter.of("role", "green"))))));
    assertRefusal(
        DomainError.INVALID_INPUT,
        "in place",
        DeploymentRequest.to("web", "prod").targetInstances(GREEN).mode(DeploymentMode.RESTART));
    assertRefusal(
        DomainError.INVALID_INPUT,
        "in place",
        request().targetInstances(GREEN).updateOutdatedInstancesOnly(true));
    assertRefusal(
        DomainError.INVALID_AUTO_ROLLBACK_CONFIG,
        "no event",
        request().autoRollback(new AutoRollbackConfiguration(true, Set.of())));
  }

  @Test
  void ending_hosts_needs_somebody_who_does_it(@TempDir Path other) throws IOException {
    try (DomainStage without =
        new DomainStage(
            other,
            builder ->
                builder.trafficControl(
                    TrafficReference.TARGET_GROUP, 1, name -> balancer("target-group " + name)))) {
      without.webProd();
      without
          .domain()
          .deploymentGroups()
          .update(
              "web",
              "prod",
              GroupSettings.builder()
                  .style(BLUE_GREEN)
                  .loadBalancers(new LoadBalancerInfo(List.of(), List.of("web")))
                  .blueGreen(terminating(5))
                  .build());

      assertRefused(
          DomainError.INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
          "nobody here ends hosts",
          () ->
              without
                  .domain()
                  .deployments()
                  .create(
                      DeploymentRequest.to("web", "prod")
                          .revision(without.version("1.0"))
                          .targetInstances(GREEN)
                          .build()));
    }
  }
}
