package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.AlarmConfiguration;
import dev.slipway.domain.AutoRollbackConfiguration;
import dev.slipway.domain.BlueGreenOptions;
import dev.slipway.domain.DeploymentGroup;
import dev.slipway.domain.DeploymentGroups;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.DeploymentStyle;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.LoadBalancerInfo;
import dev.slipway.domain.OutdatedInstancesStrategy;
import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.TagSelection;
import dev.slipway.domain.TriggerConfiguration;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.engine.trigger.WebhookSink;
import dev.slipway.failure.DomainError;
import dev.slipway.fleet.TagFilter;
import dev.slipway.revision.Revision;
import dev.slipway.spi.trigger.PayloadForm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeploymentGroupsTest {

  private static final TagFilter FILTER = TagFilter.of("role", "web");
  private static final DeploymentStyle WITH_TRAFFIC =
      new DeploymentStyle(
          DeploymentStyle.Type.IN_PLACE, DeploymentStyle.Option.WITH_TRAFFIC_CONTROL);
  private static final DeploymentStyle BLUE_GREEN =
      new DeploymentStyle(
          DeploymentStyle.Type.BLUE_GREEN, DeploymentStyle.Option.WITH_TRAFFIC_CONTROL);
  private static final LoadBalancerInfo BALANCER = new LoadBalancerInfo(List.of(), List.of("web"));

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory,
            builder ->
                builder
                    .quotas(Quotas.USUAL.with(Quota.DEPLOYMENT_GROUPS, 2))
                    .triggerSink(WebhookSink.of(PayloadForm.DOCUMENTED)));
    stage.domain().applications().create("web");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private DeploymentGroups groups() {
    return stage.domain().deploymentGroups();
  }

  private void assertRefused(DomainError error, String part, GroupSettings settings) {
    DomainStage.assertRefused(error, part, () -> groups().create("web", "bad", settings));
    assertThat(groups().get("web", List.of("bad"))).isEmpty();
  }

  @Test
  void what_is_not_given_has_codedeploys_defaults() {
    DeploymentGroup group = groups().create("web", "prod", GroupSettings.builder().build());

    assertThat(group.settings()).isEqualTo(GroupRules.DEFAULT);
    assertThat(group.settings().deploymentConfig()).isEqualTo("CodeDeployDefault.OneAtATime");
    assertThat(group.settings().style()).isEqualTo(DeploymentStyle.DEFAULT);
    assertThat(group.settings().outdatedInstances()).isEqualTo(OutdatedInstancesStrategy.UPDATE);
    assertThat(group.targetRevision()).isNull();
    assertThat(groups().get("web", "prod")).isEqualTo(group);
  }

  @Test
  void an_update_keeps_what_is_absent_clears_what_is_empty_and_replaces_structures() {
    AlarmConfiguration alarms = new AlarmConfiguration(false, true, List.of("cpu"));
    groups()
        .create(
            "web",
            "prod",
            GroupSettings.builder()
                .hosts(TagSelection.anyOf(FILTER))
                .alarms(alarms)
                .tags(Map.of("team", "a"))
                .deploymentConfig("CodeDeployDefault.AllAtOnce")
                .build());

    groups()
        .update(
            "web",
            "prod",
            GroupSettings.builder()
                .tags(Map.of())
                .hosts(TagSelection.allOf(List.of(List.of(FILTER))))
                .build());

    GroupSettings settings = groups().get("web", "prod").settings();
    assertThat(settings.tags()).isEmpty();
    assertThat(settings.hosts()).isEqualTo(TagSelection.allOf(List.of(List.of(FILTER))));
    assertThat(settings.alarms()).isEqualTo(alarms);
    assertThat(settings.deploymentConfig()).isEqualTo("CodeDeployDefault.AllAtOnce");
  }

  @Test
  void a_refused_update_changes_nothing() {
    DeploymentGroup before = groups().create("web", "prod", GroupSettings.builder().build());

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_DOES_NOT_EXIST,
        "'none'",
        () ->
            groups()
                .update(
                    "web",
                    "prod",
                    GroupSettings.builder()
                        .tags(Map.of("a", "b"))
                        .deploymentConfig("none")
                        .build()));

    assertThat(groups().get("web", "prod")).isEqualTo(before);
  }

  @Test
  void names_are_needed_in_their_form_and_once_within_an_application() {
    groups().create("web", "prod", GroupSettings.builder().build());
    GroupSettings nothing = GroupSettings.builder().build();

    DomainStage.assertRefused(
        DomainError.APPLICATION_NAME_REQUIRED, "missing", () -> groups().create("", "a", nothing));
    DomainStage.assertRefused(
        DomainError.APPLICATION_DOES_NOT_EXIST, "'x'", () -> groups().create("x", "a", nothing));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_NAME_REQUIRED,
        "missing",
        () -> groups().create("web", "", nothing));
    DomainStage.assertRefused(
        DomainError.INVALID_DEPLOYMENT_GROUP_NAME,
        "'a b'",
        () -> groups().create("web", "a b", nothing));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_ALREADY_EXISTS,
        "'prod'",
        () -> groups().create("web", "prod", nothing));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_DOES_NOT_EXIST, "'b'", () -> groups().get("web", "b"));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_DOES_NOT_EXIST,
        "'b'",
        () -> groups().update("web", "b", nothing));
    groups().create("web", "test", nothing);
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_ALREADY_EXISTS,
        "'prod'",
        () -> groups().rename("web", "test", "prod"));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_GROUP_LIMIT_EXCEEDED,
        "at most 2",
        () -> groups().create("web", "third", nothing));
    assertThat(groups().list("web", null).items()).containsExactly("prod", "test");
    DomainStage.assertRefused(
        DomainError.BATCH_LIMIT_EXCEEDED,
        "at most 100",
        () -> groups().get("web", Collections.nCopies(101, "prod")));
  }

  @Test
  void tag_filters_and_tag_sets_exclude_each_other_and_have_limits() {
    TagSelection both = new TagSelection(List.of(FILTER), List.of(List.of(FILTER)));
    assertRefused(
        DomainError.INVALID_EC2_TAG_COMBINATION,
        "not both",
        GroupSettings.builder().hosts(both).build());
    assertRefused(
        DomainError.INVALID_ON_PREMISES_TAG_COMBINATION,
        "not both",
        GroupSettings.builder().onPremises(both).build());
    assertRefused(
        DomainError.INVALID_EC2_TAG,
        "at least one filter",
        GroupSettings.builder()
            .hosts(TagSelection.allOf(List.of(List.of(), List.of(FILTER))))
            .build());
    assertRefused(
        DomainError.INVALID_TAG,
        "1 to 128",
        GroupSettings.builder()
            .onPremises(TagSelection.anyOf(TagFilter.keyOnly("k".repeat(129))))
            .build());
    assertRefused(
        DomainError.INVALID_EC2_TAG,
        "at most 10 tag filters",
        GroupSettings.builder()
            .hosts(new TagSelection(Collections.nCopies(11, FILTER), List.of()))
            .build());
    assertRefused(
        DomainError.TAG_SET_LIST_LIMIT_EXCEEDED,
        "at most 3 tag groups",
        GroupSettings.builder()
            .hosts(TagSelection.allOf(Collections.nCopies(4, List.of(FILTER))))
            .build());
    assertRefused(
        DomainError.TAG_SET_LIST_LIMIT_EXCEEDED,
        "at most 10 filters",
        GroupSettings.builder()
            .hosts(TagSelection.allOf(List.of(Collections.nCopies(11, FILTER))))
            .build());
  }

  @Test
  void alarms_have_names_once_and_limits() {
    assertRefused(DomainError.INVALID_ALARM_CONFIG, "none is named", alarms(true, List.of()));
    assertRefused(DomainError.INVALID_ALARM_CONFIG, "1 to 255", alarms(true, List.of(" ")));
    assertRefused(
        DomainError.INVALID_ALARM_CONFIG, "1 to 255", alarms(true, List.of("a".repeat(256))));
    assertRefused(
        DomainError.INVALID_ALARM_CONFIG, "named twice", alarms(false, List.of("a", "a")));
    assertRefused(
        DomainError.ALARMS_LIMIT_EXCEEDED,
        "at most 50",
        alarms(true, IntStream.range(0, 51).mapToObj(Integer::toString).toList()));
  }

  private static GroupSettings alarms(boolean enabled, List<String> names) {
    return GroupSettings.builder().alarms(new AlarmConfiguration(enabled, false, names)).build();
  }

  @Test
  void a_rollback_that_is_enabled_names_its_events() {
    assertRefused(
        DomainError.INVALID_AUTO_ROLLBACK_CONFIG,
        "DEPLOYMENT_FAILURE",
        GroupSettings.builder()
            .autoRollback(new AutoRollbackConfiguration(true, Set.of()))
            .build());
  }

  @Test
  void triggers_have_a_name_once_events_and_a_target_that_a_sink_takes() {
    Set<TriggerEventType> start = Set.of(TriggerEventType.DEPLOYMENT_START);
    String url = "http://127.0.0.1/hook";
    TriggerConfiguration good = new TriggerConfiguration("a", url, start);

    assertRefused(
        DomainError.INVALID_TRIGGER_CONFIG,
        "1 to 100",
        triggers(new TriggerConfiguration("", url, start)));
    assertRefused(DomainError.INVALID_TRIGGER_CONFIG, "given twice", triggers(good, good));
    assertRefused(
        DomainError.INVALID_TRIGGER_CONFIG,
        "at least one event",
        triggers(new TriggerConfiguration("a", url, Set.of())));
    assertRefused(
        DomainError.INVALID_TRIGGER_CONFIG,
        "no trigger sink",
        triggers(new TriggerConfiguration("a", "arn:aws:sns:eu-west-1:1:t", start)));
    assertRefused(
        DomainError.TRIGGER_TARGETS_LIMIT_EXCEEDED,
        "at most 10",
        triggers(
            IntStream.range(0, 11)
                .mapToObj(n -> new TriggerConfiguration("t" + n, url, start))
                .toArray(TriggerConfiguration[]::new)));
  }

  private static GroupSettings triggers(TriggerConfiguration... triggers) {
    return GroupSettings.builder().triggers(List.of(triggers)).build();
  }

  @Test
  void a_style_needs_what_it_works_with() {
    assertRefused(
        DomainError.INVALID_LOAD_BALANCER_INFO,
        "needs a load balancer",
        GroupSettings.builder().style(WITH_TRAFFIC).build());
    assertRefused(
        DomainError.INVALID_DEPLOYMENT_STYLE,
        "BLUE_GREEN",
        GroupSettings.builder()
            .style(
                new DeploymentStyle(
                    DeploymentStyle.Type.BLUE_GREEN,
                    DeploymentStyle.Option.WITHOUT_TRAFFIC_CONTROL))
            .build());
    assertRefused(
        DomainError.INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
        "needs blue/green options",
        GroupSettings.builder().style(BLUE_GREEN).loadBalancers(BALANCER).build());
    assertRefused(
        DomainError.INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
        "0 to 2880, but was 2881",
        blueGreen(BlueGreenOptions.GreenFleet.DISCOVER_EXISTING, 2881));
    assertRefused(
        DomainError.INVALID_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
        "exactly one Auto Scaling group",
        blueGreen(BlueGreenOptions.GreenFleet.COPY_AUTO_SCALING_GROUP, 0));
    assertThat(
            groups()
                .create(
                    "web", "blue", blueGreen(BlueGreenOptions.GreenFleet.DISCOVER_EXISTING, 2880))
                .settings()
                .style())
        .isEqualTo(BLUE_GREEN);
  }

  private static GroupSettings blueGreen(BlueGreenOptions.GreenFleet green, int minutes) {
    return GroupSettings.builder()
        .style(BLUE_GREEN)
        .loadBalancers(BALANCER)
        .blueGreen(
            new BlueGreenOptions(
                green,
                BlueGreenOptions.ReadyAction.STOP_DEPLOYMENT,
                minutes,
                BlueGreenOptions.BlueFleet.TERMINATE,
                0))
        .build();
  }

  @Test
  void load_balancers_auto_scaling_groups_and_resource_tags_are_checked() {
    assertRefused(
        DomainError.INVALID_LOAD_BALANCER_INFO,
        "at most 10",
        GroupSettings.builder()
            .loadBalancers(new LoadBalancerInfo(Collections.nCopies(11, "a"), List.of()))
            .build());
    assertRefused(
        DomainError.INVALID_LOAD_BALANCER_INFO,
        "needs a name",
        GroupSettings.builder()
            .loadBalancers(new LoadBalancerInfo(List.of(), List.of(" ")))
            .build());
    assertRefused(
        DomainError.INVALID_AUTO_SCALING_GROUP,
        "'asg'",
        GroupSettings.builder().autoScalingGroups(List.of("asg")).build());
    assertRefused(
        DomainError.INVALID_TAGS_TO_ADD,
        "1 to 128",
        GroupSettings.builder().tags(Map.of("", "a")).build());
  }

  @Test
  void a_renamed_group_keeps_its_id_its_target_and_its_history() {
    groups().create("web", "prod", DomainStage.webHosts().build());
    DeploymentId deployment = stage.deployed("1.0");
    DeploymentGroup before = groups().get("web", "prod");

    groups().rename("web", "prod", "live");
    stage.domain().applications().rename("web", "shop");

    DeploymentGroup after = groups().get("shop", "live");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.targetRevision()).isEqualTo(stage.version("1.0"));
    assertThat(Objects.requireNonNull(after.lastSuccessful()).id()).isEqualTo(deployment);
    DeploymentInfo info = stage.domain().deployments().get(deployment.value());
    assertThat(info.application()).isEqualTo("shop");
    assertThat(info.deploymentGroup()).isEqualTo("live");
    assertThat(stage.domain().deployments().list(DeploymentQuery.of("shop", "live"), null).items())
        .containsExactly(deployment);
  }

  @Test
  void a_new_group_of_an_old_name_begins_anew_with_another_id() {
    groups().create("web", "prod", DomainStage.webHosts().build());
    DeploymentGroup old = groups().get("web", "prod");
    stage.deployed("1.0");
    groups().rename("web", "prod", "live");

    DeploymentGroup anew = groups().create("web", "prod", DomainStage.webHosts().build());

    assertThat(anew.id()).isNotEqualTo(old.id());
    assertThat(anew.targetRevision()).isNull();
    assertThat(anew.lastAttempted()).isNull();
    groups().delete("web", "prod");
    groups().delete("web", "prod");
    assertThat(groups().list("web", null).items()).containsExactly("live");
  }

  @Test
  void a_group_takes_over_the_history_of_rollouts_that_were_started_under_its_names() {
    stage
        .deployer()
        .rollout("web", "prod")
        .revision(
            Revision.localDirectory(
                Path.of(Objects.requireNonNull(stage.version("1.0").local()).path())))
        .to(hosts -> hosts.tag("role", "web"))
        .plan()
        .start()
        .await(Duration.ofSeconds(30));

    DeploymentGroup group = groups().create("web", "prod", DomainStage.webHosts().build());

    assertThat(group.targetRevision()).isNotNull();
    assertThat(group.lastSuccessful()).isNotNull();
  }
}
