package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rollout whose process is killed in the middle, and goes on in another one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(1800)
class ResumedRolloutTest {

  private static final int KILLS = Integer.getInteger("slipway.soak.kills", 3);
  private static final long SEED = Long.getLong("slipway.seed", 20261125L);

  private static final int HOSTS = 6;
  private static final int EVENTS = 7;

  @TempDir private Path directory;

  @BeforeEach
  void bundle() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
  }

  @Test
  void each_command_keeps_its_key_and_the_verdict_is_the_same_as_undisturbed() throws Exception {
    Run undisturbed = new Run(directory.resolve("undisturbed"));
    undisturbed.goOn();
    Run killed = new Run(directory.resolve("killed"));
    Random random = new Random(SEED);

    for (int kill = 0; kill < KILLS && killed.ends.isEmpty(); kill++) {
      killed.goOnAndDie(1 + random.nextInt(1 + HOSTS * EVENTS / KILLS));
    }
    killed.goOn();

    assertThat(undisturbed.commands).hasSize(HOSTS * EVENTS);
    assertThat(killed.commands).as("seed %d", SEED).isEqualTo(undisturbed.commands);
    assertThat(killed.deployments).hasSize(1);
    assertThat(killed.ends).isEqualTo(undisturbed.ends).containsExactly("ended SUCCEEDED 5 1");
  }

  /** What the processes of one rollout have printed. */
  private final class Run {

    private final Path state;
    private final Set<String> commands = new HashSet<>();
    private final Set<String> deployments = new HashSet<>();
    private final List<String> ends = new ArrayList<>();

    Run(Path state) {
      this.state = state;
    }

    void goOn() throws IOException, InterruptedException {
      goOnAndDie(Integer.MAX_VALUE);
    }

    /** Answers that many commands, then kills the process. */
    void goOnAndDie(int answers) throws IOException, InterruptedException {
      Path bundle = directory.resolve("bundle");
      try (ChildProcess child =
          ChildProcess.start(SteppedRollout.class, state.toString(), bundle.toString())) {
        int left = answers;
        while (left > 0 && ends.isEmpty()) {
          String line = child.line().orElseThrow();
          take(line);
          if (line.startsWith("offered ")) {
            child.send("go on");
            left--;
          }
        }
        child.kill().forEach(this::take);
      }
    }

    private void take(String line) {
      if (line.startsWith("offered ")) {
        String key = line.substring("offered ".length());
        deployments.add(key.substring(0, key.indexOf('/')));
        commands.add(key.substring(key.indexOf('/')));
      } else {
        ends.add(line);
      }
    }
  }
}
