package dev.slipway.host.appspec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of the AppSpec inside a bundle, and where to look for it.
 *
 * <p>CodeDeploy's agent 1.8 falls back to the other extension at {@code Install}, but not for
 * hooks; here there is one rule for all: the name that was asked for, then the same name with the
 * other extension.
 *
 * @param value a path inside the bundle, {@code /} between its parts
 */
public record AppSpecName(String value) {

  /** The name when a deployment gives none. */
  public static final AppSpecName DEFAULT = new AppSpecName("appspec.yml");

  /**
   * Refuses a name that could lead out of the bundle.
   *
   * @throws IllegalArgumentException when it is empty or absolute, or holds {@code ..}, a
   *     backslash, a drive or a control character
   */
  public AppSpecName {
    boolean isSafe =
        !value.isEmpty()
            && !value.startsWith("/")
            && value.chars().noneMatch(c -> c == '\\' || c < 0x20 || c == 0x7f)
            && !value.matches("[A-Za-z]:.*")
            && Arrays.asList(value.split("/", -1)).stream()
                .noneMatch(part -> part.equals("..") || part.isEmpty());
    if (!isSafe) {
      throw new IllegalArgumentException(
          "AppSpecFilename is not a safe revision-relative path: \"" + value + "\"");
    }
  }

  /** Returns the name for what a deployment asks: the default for null and the empty text. */
  public static AppSpecName of(@Nullable String asked) {
    return asked == null || asked.isEmpty() ? DEFAULT : new AppSpecName(asked);
  }

  /** Returns the paths to try in the bundle, in order. */
  public List<String> candidates() {
    if (value.endsWith(".yml")) {
      return List.of(value, value.substring(0, value.length() - 3) + "yaml");
    }
    if (value.endsWith(".yaml")) {
      return List.of(value, value.substring(0, value.length() - 4) + "yml");
    }
    return List.of(value);
  }

  /**
   * Returns the agent's message for a bundle without an AppSpec.
   *
   * @param archiveDirectory the directory on the host that the bundle was unpacked to
   */
  public String missingMessage(String archiveDirectory) {
    return "The CodeDeploy agent did not find an AppSpec file within the unpacked revision"
        + " directory at revision-relative path \""
        + value
        + "\". The revision was unpacked to directory \""
        + archiveDirectory
        + "\", and the AppSpec file was expected but not found at path \""
        + archiveDirectory
        + "/"
        + value
        + "\". Consult the AWS CodeDeploy Appspec documentation for more information at"
        + " http://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html";
  }

  @Override
  public String toString() {
    return value;
  }
}
