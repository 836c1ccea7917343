package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.HookScript;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HookRunTest {

  @Test
  void is_an_argument_vector() {
    assertThat(run("a b.sh", null, false).command()).containsExactly("/archive/a b.sh");
    assertThat(run("/a.sh", null, true).command()).containsExactly("sudo", "/archive/a.sh");
    assertThat(run("a.sh", "bob", false).command())
        .containsExactly("su", "bob", "-c", "/archive/a.sh");
    assertThat(run("a.sh", "bob", true).command())
        .containsExactly("sudo", "su", "bob", "-c", "/archive/a.sh");
  }

  @Test
  void names_to_sudo_the_variables_to_let_through() {
    List<String> names = List.of("DEPLOYMENT_ID", "COLOUR");

    assertThat(run("a.sh", "bob", true).commandKeeping(names))
        .containsExactly(
            "sudo", "--preserve-env=DEPLOYMENT_ID,COLOUR", "su", "bob", "-c", "/archive/a.sh");
    assertThat(run("a.sh", null, false).commandKeeping(names)).containsExactly("/archive/a.sh");
  }

  @Test
  void quotes_what_su_gives_to_a_shell() {
    assertThat(run("it's $(id).sh", "bob", false).command())
        .containsExactly("su", "bob", "-c", "'/archive/it'\\''s $(id).sh'");
  }

  @Test
  void takes_a_blank_account_for_none() {
    assertThat(run("a.sh", "", false).command()).containsExactly("/archive/a.sh");
  }

  @Test
  void has_no_path_when_it_leaves_the_revision() {
    HookRun run = run("x/../../a.sh", null, false);

    assertThat(run.path()).isNull();
    assertThat(DiagnosticsJson.of(run.missing("log")))
        .isEqualTo(
            "{\"error_code\":1,\"script_name\":\"x/../../a.sh\",\"message\":\"Script at specified"
                + " location: x/../../a.sh resolves outside the deployment archive\","
                + "\"log\":\"log\"}");
  }

  @Test
  void hands_on_arguments_that_no_shell_reads() {
    List<String> arguments = List.of("two words", "$(reboot)", "it's", "");

    HookScript plain =
        new HookScript("a.sh", Duration.ofMinutes(1), null, true, arguments, Map.of());
    HookScript asBob =
        new HookScript("a.sh", Duration.ofMinutes(1), "bob", false, arguments, Map.of());

    assertThat(run(plain).command())
        .containsExactly("sudo", "/archive/a.sh", "two words", "$(reboot)", "it's", "");
    assertThat(run(asBob).command())
        .containsExactly("su", "bob", "-c", "/archive/a.sh 'two words' '$(reboot)' 'it'\\''s' ''");
  }

  @Test
  void sets_no_variable_that_the_deployment_sets() {
    Map<String, String> wanted =
        Map.of("MODE", "blue", "DEPLOYMENT_ID", "d-2", "BUNDLE_KEY", "k", "OF_THE_HOST", "2");
    HookScript script =
        new HookScript("a.sh", Duration.ofMinutes(1), null, false, List.of(), wanted);

    assertThat(run(script).environment()).isEqualTo(Map.of("MODE", "blue"));
  }

  @Test
  void says_in_the_words_of_the_agent_how_it_ended() {
    HookRun plain = run("a.sh", null, false);
    HookRun asBob = run("a.sh", "bob", false);

    assertThat(plain.timedOut("").message())
        .isEqualTo("Script at specified location: a.sh failed to complete in 60 seconds");
    assertThat(asBob.exited(7, "").message())
        .isEqualTo("Script at specified location: a.sh run as user bob failed with exit code 7");
    assertThat(plain.exited(143, "").message())
        .isEqualTo(
            "Script at specified location: a.sh failed with exit code 143 (killed by signal 15)");
  }

  private static HookRun run(String location, @Nullable String runAs, boolean sudo) {
    return run(new HookScript(location, Duration.ofMinutes(1), runAs, sudo));
  }

  private static HookRun run(HookScript script) {
    return HookRun.of(script, "/archive", Map.of("DEPLOYMENT_ID", "d-1", "OF_THE_HOST", "1"));
  }
}
