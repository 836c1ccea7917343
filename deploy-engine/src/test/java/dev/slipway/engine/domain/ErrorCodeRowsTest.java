package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.fleet.HostSelector;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.alarm.AlarmState;
import dev.slipway.strategy.StrategyDecision;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every error code of a deployment: raised by one, or listed with the reason why none can raise it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html">
 *     CodeDeploy API reference, ErrorInformation</a>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErrorCodeRowsTest {

  private static final String AWS = "only a service of AWS has what it is about";
  private static final String OTHER_PLATFORM = "it is of Lambda, ECS or CloudFormation";
  private static final String REFUSED = "what is missing is refused when the deployment is created";

  private static final Map<String, String> NEVER =
      Map.ofEntries(
          Map.entry(
              "REVISION_MISSING",
              "a revision is registered for ever; a bundle that is gone"
                  + " fails DownloadBundle on each host"),
          Map.entry("INVALID_REVISION", REFUSED),
          Map.entry("IAM_ROLE_MISSING", AWS),
          Map.entry("IAM_ROLE_PERMISSIONS", AWS),
          Map.entry("AUTO_SCALING_IAM_ROLE_PERMISSIONS", AWS),
          Map.entry("AUTO_SCALING_CONFIGURATION", AWS),
          Map.entry("AUTOSCALING_VALIDATION_ERROR", AWS),
          Map.entry("NO_EC2_SUBSCRIPTION", AWS),
          Map.entry(
              "ELASTIC_LOAD_BALANCING_INVALID",
              "a traffic control is known by its name, and" + " refused when it is not"),
          Map.entry("ELB_INVALID_INSTANCE", "a host that a control does not take fails by itself"),
          Map.entry("MISSING_ELB_INFORMATION", REFUSED),
          Map.entry("MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION", REFUSED),
          Map.entry("MISSING_GITHUB_TOKEN", REFUSED),
          Map.entry("AGENT_ISSUE", "a host that does not answer fails, and counts for the floor"),
          Map.entry("HOOK_EXECUTION_FAILURE", OTHER_PLATFORM),
          Map.entry("THROTTLED", "what is called too often is called later"),
          Map.entry("RESOURCE_LIMIT_EXCEEDED", AWS),
          Map.entry("CUSTOMER_APPLICATION_UNHEALTHY", OTHER_PLATFORM),
          Map.entry("CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND", OTHER_PLATFORM),
          Map.entry("ECS_UPDATE_ERROR", OTHER_PLATFORM),
          Map.entry("INVALID_ECS_SERVICE", OTHER_PLATFORM),
          Map.entry("INVALID_LAMBDA_CONFIGURATION", OTHER_PLATFORM),
          Map.entry("INVALID_LAMBDA_FUNCTION", OTHER_PLATFORM),
          Map.entry("CLOUDFORMATION_STACK_FAILURE", OTHER_PLATFORM));

  @TempDir private Path directory;
  private final VirtualTimers timers = new VirtualTimers();
  private DomainStage stage;

  @BeforeEach
  void open() throws IOException {
    stage =
        new DomainStage(
            directory,
            builder ->
                builder
                    .timers(timers)
                    .alarmSource(
                        "active",
                        1,
                        parameters ->
                            names ->
                                names.stream()
                                    .collect(
                                        Collectors.toMap(name -> name, name -> AlarmState.ALARM)))
                    .strategy(
                        "broken",
                        1,
                        parameters ->
                            fleet -> {
                              throw new IllegalStateException("no idea");
                            })
                    .strategy(
                        "hesitant",
                        1,
                        parameters ->
                            fleet ->
                                new StrategyDecision.Hold(
                                    "not this year", Instant.parse("2027-01-01T00:00:00Z"))));
  }

  @AfterEach
  void close() {
    stage.transport().proceed();
    stage.close();
  }

  private RolloutBuilder rollout() {
    return stage
        .deployer()
        .rollout("shop", "prod")
        .revision(Revision.localDirectory(directory.resolve("1.0")))
        .to(HostSelector.none().tag("role", "web"));
  }

  private RolloutResult end(RolloutBuilder rollout) {
    return stage.end(rollout.plan().start().id());
  }

  private RolloutResult raised(ErrorCode code) {
    return switch (code) {
      case NO_INSTANCES ->
          end(
              stage
                  .deployer()
                  .rollout("shop", "prod")
                  .revision(Revision.localDirectory(directory.resolve("1.0")))
                  .to(HostSelector.none().tag("role", "nothing")));
      case OVER_MAX_INSTANCES -> end(rollout().limits(RolloutLimits.NONE.withMaxHosts(2)));
      case HEALTH_CONSTRAINTS_INVALID ->
          end(rollout().minimumHealthy(MinimumHealthyHosts.hostCount(3)));
      case HEALTH_CONSTRAINTS -> {
        stage.failEverywhere();
        yield end(rollout());
      }
      case APPLICATION_MISSING ->
          duringDeployment(() -> stage.domain().applications().delete("web"));
      case DEPLOYMENT_GROUP_MISSING ->
          duringDeployment(() -> stage.domain().deploymentGroups().delete("web", "prod"));
      case MANUAL_STOP -> {
        stage.transport().hold();
        Rollout rollout = rollout().plan().start();
        rollout.stop("enough");
        stage.transport().proceed();
        yield stage.end(rollout.id());
      }
      case ALARM_ACTIVE ->
          end(
              rollout()
                  .alarms(
                      new AlarmWatch(
                          "active", 1, "", List.of("errors"), false, Duration.ofSeconds(30))));
      case TIMEOUT -> {
        Rollout rollout =
            rollout()
                .config(DeploymentConfigs.ALL_AT_ONCE)
                .strategy(new StrategyReference("hesitant", 1, ""))
                .plan()
                .start();
        while (rollout.explain().stream().noneMatch(hold -> hold.kind() == Hold.Kind.STRATEGY)) {
          Thread.onSpinWait();
        }
        timers.advance(Duration.ofHours(12).plusMinutes(1));
        yield stage.end(rollout.id());
      }
      case INTERNAL_ERROR ->
          end(
              rollout()
                  .config(DeploymentConfigs.ALL_AT_ONCE)
                  .strategy(new StrategyReference("broken", 1, "")));
      case REVISION_MISSING, INVALID_REVISION ->
          throw new AssertionError(code + " is in the list of those that are never raised");
    };
  }

  private RolloutResult duringDeployment(Runnable change) {
    stage.webProd();
    stage.transport().hold();
    DeploymentId id = stage.deploy("1.0");
    while (stage.transport().offered().isEmpty()) {
      Thread.onSpinWait();
    }
    change.run();
    stage.transport().proceed();
    return stage.end(id);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REVISION_MISSING", "INVALID_REVISION"})
  void a_deployment_raises(ErrorCode code) {
    RolloutResult result = raised(code);

    assertThat(Objects.requireNonNull(result.error()).code()).isEqualTo(code);
    assertThat(result.error().message()).isNotBlank();
    assertThat(result.status())
        .isEqualTo(
            code == ErrorCode.MANUAL_STOP || code == ErrorCode.ALARM_ACTIVE
                ? DeploymentStatus.STOPPED
                : DeploymentStatus.FAILED);
  }

  @Test
  void every_code_is_raised_or_is_said_to_be_none_that_can() {
    assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name))
        .hasSize(12)
        .filteredOn(NEVER::containsKey)
        .containsExactlyInAnyOrder("REVISION_MISSING", "INVALID_REVISION");
    assertThat(NEVER).as("with the ten that are raised, all 34 of CodeDeploy's").hasSize(24);
  }

  @Test
  void one_that_waits_fails_too_when_its_group_is_deleted_and_nothing_comes_back() {
    stage.webProd();
    stage.deployed("1.0");
    stage.transport().hold();
    DeploymentId active = stage.deploy("2.0");
    DeploymentId waiting =
        stage
            .domain()
            .deployments()
            .create(
                DeploymentRequest.to("web", "prod")
                    .revision(stage.version("1.0"))
                    .onConflict(OnConflict.QUEUE)
                    .build());

    stage.domain().deploymentGroups().delete("web", "prod");
    stage.transport().proceed();

    for (DeploymentId id : List.of(active, waiting)) {
      RolloutResult result = stage.end(id);
      assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
      assertThat(result.error()).extracting("code").isEqualTo(ErrorCode.DEPLOYMENT_GROUP_MISSING);
      assertThat(result.rollback()).isNull();
    }
  }
}
