package dev.slipway.host.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that an install does, in order: first the removal of what the previous install of the
 * group brought, then the instructions.
 *
 * @param cleanup what the previous install has created
 * @param instructions what this one does
 */
public record InstallPlan(CleanupList cleanup, List<Instruction> instructions) {

  /** Copies the instructions in. */
  public InstallPlan {
    instructions = List.copyOf(instructions);
  }

  /** Returns the instructions as the text of {@code install.json}, byte for byte as AWS's agent. */
  public String toJson() {
    return instructions.stream()
        .map(Instruction::toJson)
        .collect(Collectors.joining(",", "{\"instructions\":[", "]}"));
  }
}
