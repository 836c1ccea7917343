package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who judges a rollout that waits for an approval, and why. */
final class Signature {

  @Option(names = "--by", paramLabel = "NAME", description = "who says so; $USER unless given")
  private String by = "";

  @Option(names = "--comment", paramLabel = "TEXT", description = "why, for the record")
  private String comment = "";

  @Option(
      names = "--checkpoint",
      paramLabel = "NUMBER",
      description = "which checkpoint is meant; the one that waits now unless given")
  private @Nullable Integer checkpoint;

  /** Returns the checkpoint that is meant, at which the rollout waits. */
  int checkpoint(Rollout rollout) {
    int awaited = NeededState.awaitedApproval(rollout);
    if (checkpoint != null && checkpoint != awaited) {
      throw new RequestException(
          "%s waits for an approval at checkpoint %d, not %d"
              .formatted(rollout.id(), awaited, checkpoint));
    }
    return awaited;
  }

  String by(Map<String, String> environment) {
    return by.isEmpty() ? environment.getOrDefault("USER", "") : by;
  }

  String comment() {
    return comment;
  }
}
