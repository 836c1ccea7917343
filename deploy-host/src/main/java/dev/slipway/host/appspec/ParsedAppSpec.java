package dev.slipway.host.appspec;

import dev.slipway.appspec.AppSpec;
import dev.slipway.failure.AppSpecException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An AppSpec that was read, and what there is to say about it.
 *
 * @param appSpec the values, for the hooks
 * @param findings warnings and notes in the order of the file; never an error
 * @param installProblem what {@code Install} stumbles over though the hooks do not, or null; as
 *     with CodeDeploy's own agent such a file runs its hooks and fails at {@code Install}
 */
public record ParsedAppSpec(
    AppSpec appSpec, List<Finding> findings, @Nullable AppSpecException installProblem) {

  /** Copies the list in. */
  public ParsedAppSpec {
    findings = List.copyOf(findings);
  }

  /**
   * Returns the values for {@code Install}.
   *
   * @throws AppSpecException when {@code Install} cannot work with them
   */
  public AppSpec forInstall() {
    if (installProblem != null) {
      throw installProblem;
    }
    return appSpec;
  }
}
