package dev.slipway.host.plan;

import dev.slipway.appspec.AppSpec;
import java.util.List;
import java.util.stream.Stream;

/** Whether the events of a deployment and the hooks of an AppSpec fit together. */
public final class PossibleEvents {

  private PossibleEvents() {}

  /**
   * Refuses an AppSpec with hooks for other events than the possible ones, and possible events of
   * one's own that have no hook.
   *
   * @param possible every event that the deployment may run; empty not to look
   * @param appSpec the AppSpec
   * @param file its name, for the message
   * @throws InstallRefusedException when they do not fit
   */
  public static void check(List<String> possible, AppSpec appSpec, String file) {
    if (possible.isEmpty()) {
      return;
    }
    List<String> unknown =
        Stream.concat(appSpec.hooks().keySet().stream(), LifecycleEvents.IN_ORDER.stream())
            .distinct()
            .filter(event -> !possible.contains(event))
            .filter(event -> !LifecycleEvents.IN_ORDER.contains(event))
            .filter(event -> !event.equals(LifecycleEvents.ON_FAILURE))
            .toList();
    if (!unknown.isEmpty()) {
      throw new InstallRefusedException(
          file + " file contains unknown lifecycle events: " + RubyText.inspect(unknown));
    }
    List<String> missing =
        possible.stream()
            .filter(event -> !LifecycleEvents.IN_ORDER.contains(event))
            .filter(event -> !appSpec.hooks().containsKey(event))
            .toList();
    if (!missing.isEmpty()) {
      throw new InstallRefusedException(
          "You specified a lifecycle event which is not a default one and doesn't exist in your "
              + file
              + " file: "
              + String.join(",", missing));
    }
  }
}
