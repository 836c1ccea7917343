package dev.slipway.host.plan;

import org.jspecify.annotations.Nullable;

/**
 * The deployments that a host remembers of a group, as directories.
 *
 * @param lastSuccessful the deployment whose Install succeeded last, whatever became of its later
 *     events, or null when there was none
 * @param mostRecent the deployment whose DownloadBundle succeeded last, or null
 */
public record Pointers(@Nullable String lastSuccessful, @Nullable String mostRecent) {

  /** A host that has seen no deployment of the group. */
  public static final Pointers NONE = new Pointers(null, null);

  /** Returns what a pointer file names: its text without one newline at the end. */
  public static String parse(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
