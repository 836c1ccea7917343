package dev.slipway.host.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that an install does, in order: first the removal of what the previous install of the
 * group brought, then the instructions.
 *
 * @param cleanup what the previous install has created
 * @param instructions what this one does
 * @param reaches what each entry of the AppSpec's permissions is about, in order
 */
public record InstallPlan(
    CleanupList cleanup, List<Instruction> instructions, List<Reach> reaches) {

  /**
   * What a permission entry is about. Entries are about what the same install brings and nothing
   * else, which surprises people: so it is counted.
   *
   * @param object the entry's object, as the AppSpec has it
   * @param pattern the entry's pattern
   * @param paths to how many paths it applies
   */
  public record Reach(String object, String pattern, int paths) {

    /** Returns a sentence for people. */
    public String sentence() {
      return "The permissions of "
          + object
          + " with the pattern "
          + pattern
          + " apply to "
          + switch (paths) {
            case 0 ->
                "nothing: they are for what this deployment installs below it, not for what was"
                    + " there before, and not for the object itself when it is a directory";
            case 1 -> "1 path";
            default -> paths + " paths";
          };
    }
  }

  /** Copies the lists in. */
  public InstallPlan {
    instructions = List.copyOf(instructions);
    reaches = List.copyOf(reaches);
  }

  /** Returns the instructions as the text of {@code install.json}, byte for byte as AWS's agent. */
  public String toJson() {
    return instructions.stream()
        .map(Instruction::toJson)
        .collect(Collectors.joining(",", "{\"instructions\":[", "]}"));
  }
}
