package dev.slipway.host.local;

import static dev.slipway.host.plan.LifecycleEvents.DOWNLOAD_BUNDLE;
import static dev.slipway.host.plan.LifecycleEvents.INSTALL;

import dev.slipway.host.plan.LifecycleEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which events a local deployment runs. */
final class LocalEvents {

  private static final List<String> BEFORE_DOWNLOAD =
      List.of("BeforeBlockTraffic", "AfterBlockTraffic", "ApplicationStop");
  private static final List<String> BEFORE_INSTALL =
      List.of(
          "BeforeBlockTraffic",
          "AfterBlockTraffic",
          "ApplicationStop",
          DOWNLOAD_BUNDLE,
          "BeforeInstall");

  private LocalEvents() {}

  /** Refuses an order in which events would run before what they need. */
  static void check(List<String> events) {
    check(events, DOWNLOAD_BUNDLE, BEFORE_DOWNLOAD);
    check(events, INSTALL, BEFORE_INSTALL);
  }

  private static void check(List<String> events, String command, List<String> allowedBefore) {
    int at = events.indexOf(command);
    boolean wrong =
        at > 0
            && !allowedBefore.containsAll(
                events.subList(0, at).stream()
                    .filter(event -> LifecycleEvents.IN_ORDER.contains(event))
                    .toList());
    if (wrong) {
      throw new LocalUsageException(
          "The only events that can be specified before "
              + command
              + " are "
              + String.join(",", allowedBefore)
              + ". Please fix the order of your specified events: "
              + String.join(",", events));
    }
  }

  /** Returns what runs: everything, or what was asked for with the two commands it needs. */
  static List<String> toRun(List<String> asked) {
    if (asked.isEmpty()) {
      return LifecycleEvents.IN_ORDER;
    }
    List<String> events = new ArrayList<>(asked);
    if (!events.contains(INSTALL)) {
      events.add(0, INSTALL);
    }
    if (!events.contains(DOWNLOAD_BUNDLE)) {
      events.add(0, DOWNLOAD_BUNDLE);
    }
    int download = events.indexOf(DOWNLOAD_BUNDLE);
    int install = events.indexOf(INSTALL);
    if (install < download) {
      Collections.swap(events, install, download);
    }
    return List.copyOf(events);
  }
}
