package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.host.plan.HookPlan;
import dev.slipway.host.plan.HookRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The scripts of an event as the runner reads them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HookStepsTest {

  private static final String ARCHIVE = "/root/group/d-1/deployment-archive";

  private static HookRun run(@Nullable String path, @Nullable String account) {
    return new HookRun("./a.sh", path, Duration.ofMinutes(1), account, false, List.of(), Map.of());
  }

  private static String text(HookPlan plan, Map<String, String> remembered) {
    Duration limit = Duration.ofHours(1);
    return new String(HookSteps.of(plan, limit, "/", ARCHIVE, Set.of(), remembered), UTF_8);
  }

  @Test
  void a_script_of_the_deployment_is_named_by_its_path_in_the_revision_alone() {
    HookPlan plan =
        new HookPlan(
            "AfterInstall", ARCHIVE, List.of(run(ARCHIVE + "/a.sh", null)), Map.of("A", "1"));

    assertThat(text(plan, Map.of()))
        .isEqualTo("hooks\nall 1\n1\nA=1\n3600\n1\n\n1\n/\n1\n60\n1\n./a.sh\n1\na.sh\n1\n\n0\n");
  }

  @Test
  void a_script_of_another_revision_or_for_another_account_is_told_in_full() {
    HookPlan plan =
        new HookPlan("ApplicationStop", "/old", List.of(run("/old/a.sh", "app")), Map.of("A", "1"));

    assertThat(text(plan, Map.of()))
        .endsWith(
            """

            1
            /old
            1
            /
            1
            60
            1
            ./a.sh
            1
            a.sh
            1
            app
            4
            1
            su
            1
            app
            1
            -c
            1
            /old/a.sh
            """);
  }

  @Test
  void a_script_that_leaves_the_revision_has_no_path() {
    HookPlan plan = new HookPlan("AfterInstall", ARCHIVE, List.of(run(null, null)), Map.of());

    assertThat(text(plan, Map.of())).endsWith("\n1\n./a.sh\n1\n\n1\n\n0\n");
  }

  @Test
  void of_variables_only_those_go_that_are_not_as_the_event_before_had_them() {
    HookPlan plan =
        new HookPlan("B", ARCHIVE, List.of(), Map.of("SAME", "1", "OTHER", "new", "MORE", "2"));

    assertThat(text(plan, Map.of("SAME", "1", "OTHER", "old")))
        .startsWith("hooks\nmore 2\n1\nMORE=2\n1\nOTHER=new\n3600\n");
  }

  @Test
  void a_variable_that_is_gone_makes_all_others_go_again() {
    HookPlan plan = new HookPlan("B", ARCHIVE, List.of(), Map.of("SAME", "1"));

    assertThat(text(plan, Map.of("SAME", "1", "GONE", "2")))
        .startsWith("hooks\nall 1\n1\nSAME=1\n");
  }
}
