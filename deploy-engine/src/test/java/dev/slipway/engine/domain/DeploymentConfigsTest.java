package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.ZonalConfig;
import dev.slipway.domain.DeploymentConfigCatalog;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.KeptConfig;
import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.failure.DomainError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DeploymentConfigsTest {

  private static final MinimumHealthyHosts EIGHT = MinimumHealthyHosts.hostCount(8);

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory, builder -> builder.quotas(Quotas.USUAL.with(Quota.DEPLOYMENT_CONFIGS, 2)));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private DeploymentConfigCatalog configs() {
    return stage.domain().deploymentConfigs();
  }

  @Test
  void codedeploys_own_configs_are_there_and_cannot_be_deleted_or_replaced() {
    assertThat(configs().list(null).items())
        .containsExactly(
            "CodeDeployDefault.AllAtOnce",
            "CodeDeployDefault.HalfAtATime",
            "CodeDeployDefault.OneAtATime");
    assertThat(configs().get("CodeDeployDefault.OneAtATime").id())
        .isEqualTo("00000000-0000-0000-0000-000000000001");
    DomainStage.assertRefused(
        DomainError.INVALID_OPERATION,
        "cannot be deleted",
        () -> configs().delete("CodeDeployDefault.OneAtATime"));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_ALREADY_EXISTS,
        "OneAtATime",
        () -> configs().create("CodeDeployDefault.OneAtATime", EIGHT, null));
  }

  @Test
  void a_custom_config_is_kept_with_its_zones() {
    ZonalConfig zones = ZonalConfig.of(Duration.ofMinutes(5), null, null);

    KeptConfig created = configs().create("eight", EIGHT, zones);

    assertThat(configs().get("eight")).isEqualTo(created);
    assertThat(created.config()).isEqualTo(new DeploymentConfig("eight", EIGHT, zones));
    assertThat(configs().list(null).items()).endsWith("eight");
  }

  @Test
  void a_custom_config_has_a_name_and_a_floor_of_its_own() {
    configs().create("eight", EIGHT, null);

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_NAME_REQUIRED,
        "missing",
        () -> configs().create("", EIGHT, null));
    DomainStage.assertRefused(
        DomainError.INVALID_DEPLOYMENT_CONFIG_NAME,
        "'a b'",
        () -> configs().create("a b", EIGHT, null));
    DomainStage.assertRefused(
        DomainError.INVALID_DEPLOYMENT_CONFIG_NAME,
        "CodeDeploy's own",
        () -> configs().create("CodeDeployDefault.Mine", EIGHT, null));
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_ALREADY_EXISTS,
        "'eight'",
        () -> configs().create("eight", EIGHT, null));
    DomainStage.assertRefused(
        DomainError.INVALID_MINIMUM_HEALTHY_HOST_VALUE,
        "but had none",
        () -> configs().create("nine", null, null));
    DomainStage.assertRefused(
        DomainError.INVALID_MINIMUM_HEALTHY_HOST_VALUE,
        "MOST_CONCURRENCY",
        () -> configs().create("nine", MinimumHealthyHosts.mostConcurrency(1), null));
    configs().create("nine", MinimumHealthyHosts.hostCount(9), null);
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_LIMIT_EXCEEDED,
        "at most 2",
        () -> configs().create("ten", MinimumHealthyHosts.hostCount(10), null));
  }

  @Test
  void a_config_is_not_deleted_while_a_group_names_it() {
    configs().create("eight", EIGHT, null);
    stage.domain().applications().create("web");
    stage
        .domain()
        .deploymentGroups()
        .create("web", "prod", GroupSettings.builder().deploymentConfig("eight").build());

    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_IN_USE, "'prod'", () -> configs().delete("eight"));

    stage.domain().deploymentGroups().delete("web", "prod");
    configs().delete("eight");
    configs().delete("eight");
    DomainStage.assertRefused(
        DomainError.DEPLOYMENT_CONFIG_DOES_NOT_EXIST, "'eight'", () -> configs().get("eight"));
  }
}
