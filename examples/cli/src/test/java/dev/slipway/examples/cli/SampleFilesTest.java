package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.examples.cli.file.RolloutFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that show what one may write are right themselves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleFilesTest {

  private static final Path ROLLOUT = Path.of("..", "rollout.yml");

  @TempDir private Path directory;

  @Test
  void the_sample_can_be_simulated() {
    ObjectNode answer = run("simulate", "-f", ROLLOUT.toString(), "--json");

    assertThat(answer.get("status").asText()).isEqualTo("Succeeded");
    assertThat(answer.get("failed").asInt()).isEqualTo(2);
  }

  @Test
  void the_sample_can_be_planned() {
    ObjectNode plan =
        run("plan", "-f", ROLLOUT.toString(), "--state", directory.toString(), "--json");

    assertThat(plan.get("hosts")).hasSize(20);
    assertThat(plan.get("minimumHealthy").asInt()).isEqualTo(10);
    assertThat(plan.get("waves").get(0)).hasSize(1);
  }

  @Test
  void what_the_sample_has_in_comments_can_be_used() throws IOException {
    List<String> lines =
        Files.readAllLines(ROLLOUT).stream()
            .filter(line -> !line.startsWith("config: "))
            .map(line -> line.replaceFirst("^# (?=(config|limits|ignore|appSpec|descr|  ))", ""))
            .map(line -> line.replaceFirst("^( *)# (?=order)", "$1"))
            .filter(line -> !line.contains("./slipway"))
            .toList();
    Path file = Files.write(directory.resolve("rollout.yml"), lines);

    RolloutFile rollout = RolloutFile.read(file);

    assertThat(rollout.pace().config().zonalConfig()).isNotNull();
    assertThat(rollout.pace().limits().maxParallel()).isEqualTo(5);
    assertThat(rollout.options().ignoreApplicationStopFailures()).isTrue();
  }

  private static ObjectNode run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    int code = SlipwayCommand.run(console, args);
    assertThat(code).describedAs(err.toString()).isZero();
    return JsonText.parsed(out.toString());
  }
}
