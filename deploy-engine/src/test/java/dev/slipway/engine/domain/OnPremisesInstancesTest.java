package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.OnPremisesInstances;
import dev.slipway.domain.Quota;
import dev.slipway.domain.Quotas;
import dev.slipway.domain.TagSelection;
import dev.slipway.failure.DomainError;
import dev.slipway.fleet.TagFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
class OnPremisesInstancesTest {

  private static final String USER = "arn:aws:iam::111122223333:user/deploy/web-1";
  private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/deploy/web-2";

  private DomainStage stage;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    stage =
        new DomainStage(
            directory, builder -> builder.quotas(Quotas.USUAL.with(Quota.INSTANCES_PER_CALL, 2)));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private OnPremisesInstances instances() {
    return stage.domain().onPremisesInstances();
  }

  @Test
  void exactly_one_arn_in_its_form_is_needed() {
    DomainStage.assertRefused(
        DomainError.IAM_ARN_REQUIRED, "'a'", () -> instances().register("a", null, null));
    DomainStage.assertRefused(
        DomainError.MULTIPLE_IAM_ARNS_PROVIDED,
        "'a'",
        () -> instances().register("a", USER, SESSION));
    DomainStage.assertRefused(
        DomainError.INVALID_IAM_USER_ARN,
        "'" + SESSION + "'",
        () -> instances().register("a", SESSION, null));
    DomainStage.assertRefused(
        DomainError.INVALID_IAM_SESSION_ARN,
        "'" + USER + "'",
        () -> instances().register("a", null, USER));
  }

  @Test
  void a_name_and_an_arn_are_registered_once_and_free_again_after_deregistration() {
    instances().register("a", USER, null);
    instances().register("b", null, SESSION);

    DomainStage.assertRefused(
        DomainError.INSTANCE_NAME_REQUIRED, "missing", () -> instances().register("", USER, null));
    DomainStage.assertRefused(
        DomainError.INVALID_INSTANCE_NAME, "i-", () -> instances().register("i-1", USER, null));
    DomainStage.assertRefused(
        DomainError.INVALID_INSTANCE_NAME, "'a b'", () -> instances().register("a b", USER, null));
    DomainStage.assertRefused(
        DomainError.INSTANCE_NAME_ALREADY_REGISTERED,
        "'a'",
        () -> instances().register("a", USER + "x", null));
    DomainStage.assertRefused(
        DomainError.IAM_USER_ARN_ALREADY_REGISTERED,
        "'a'",
        () -> instances().register("c", USER, null));
    DomainStage.assertRefused(
        DomainError.IAM_SESSION_ARN_ALREADY_REGISTERED,
        "'b'",
        () -> instances().register("c", null, SESSION));

    instances().deregister("a");
    instances().register("c", USER, null);
    instances().register("a", USER + "x", null);
    assertThat(instances().get("a").registered()).isTrue();
  }

  @Test
  void a_deregistered_instance_can_still_be_looked_at_but_has_no_tags() {
    instances().register("a", USER, null);
    instances().addTags(List.of("a"), Map.of("role", "web"));

    instances().deregister("a");
    instances().deregister("a");
    instances().deregister("never-there");

    assertThat(instances().get("a").registered()).isFalse();
    assertThat(instances().get("a").tags()).isEmpty();
    assertThat(instances().list(false, List.of(), null).items()).containsExactly("a");
    assertThat(instances().list(true, List.of(), null).items()).isEmpty();
    assertThat(instances().list(null, List.of(), null).items()).containsExactly("a");
    DomainStage.assertRefused(
        DomainError.INSTANCE_NOT_REGISTERED, "'b'", () -> instances().get("b"));
    assertThat(instances().get(List.of("a", "b"))).hasSize(1);
  }

  @Test
  void tags_are_added_and_removed_within_their_limits() {
    instances().register("a", USER, null);
    instances().register("b", null, SESSION);
    instances().addTags(List.of("a", "b"), Map.of("role", "web", "env", "prod"));
    instances().addTags(List.of("b"), Map.of("role", "api"));

    instances().removeTags(List.of("a"), Map.of("env", "", "role", "api"));

    assertThat(instances().get("a").tags()).isEqualTo(Map.of("role", "web"));
    assertThat(instances().get("b").tags()).isEqualTo(Map.of("role", "api", "env", "prod"));
    assertThat(instances().list(null, List.of(TagFilter.of("role", "a*")), null).items())
        .containsExactly("b");
    Map<String, String> ten =
        IntStream.range(0, 10).boxed().collect(Collectors.toMap(n -> "k" + n, n -> ""));
    DomainStage.assertRefused(
        DomainError.TAG_LIMIT_EXCEEDED, "at most 10", () -> instances().addTags(List.of("a"), ten));
    DomainStage.assertRefused(
        DomainError.TAG_REQUIRED, "no tag", () -> instances().addTags(List.of("a"), Map.of()));
    DomainStage.assertRefused(
        DomainError.INVALID_TAG,
        "1 to 128",
        () -> instances().addTags(List.of("a"), Map.of("k".repeat(129), "")));
    DomainStage.assertRefused(
        DomainError.INSTANCE_NAME_REQUIRED,
        "named",
        () -> instances().addTags(List.of(), Map.of("a", "b")));
    DomainStage.assertRefused(
        DomainError.INSTANCE_LIMIT_EXCEEDED,
        "at most 2",
        () -> instances().addTags(List.of("a", "b", "c"), Map.of("a", "b")));
    DomainStage.assertRefused(
        DomainError.INSTANCE_NOT_REGISTERED,
        "'c'",
        () -> instances().addTags(List.of("a", "c"), Map.of("a", "b")));
    assertThat(instances().get("a").tags()).doesNotContainKey("a");
  }

  @Test
  void a_registered_instance_is_deployed_to_where_the_inventory_has_it_or_else_at_its_name() {
    stage.host("db-1", Map.of("any", ""));
    instances().register("db-1", USER, null);
    instances().register("db-2", null, SESSION);
    instances().addTags(List.of("db-1", "db-2"), Map.of("role", "db"));
    stage.domain().applications().create("web");
    stage
        .domain()
        .deploymentGroups()
        .create(
            "web",
            "prod",
            DomainStage.webHosts()
                .onPremises(TagSelection.anyOf(TagFilter.of("role", "db")))
                .build());

    DeploymentId deployment = stage.deployed("1.0");

    assertThat(stage.end(deployment).hosts())
        .extracting(host -> host.host().value())
        .containsExactlyInAnyOrder("web-1", "web-2", "web-3", "db-1", "db-2");
  }
}
