package dev.slipway.examples.cli.file;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.OnConflict;
import dev.slipway.deployment.RollbackOptions;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.rollout.RolloutOptions;
import java.util.EnumSet;
import java.util.Set;

/** Reads what else can be said of a rollout. */
final class OptionSettings {

  private static final int LONGEST_DESCRIPTION = 256;

  private OptionSettings() {}

  static RolloutOptions read(Section all) {
    RolloutOptions otherwise = RolloutOptions.DEFAULT;
    return new RolloutOptions(
        all.find("fileExistsBehavior")
            .map(behavior -> behavior.oneOf(FileExistsBehavior.class))
            .orElse(otherwise.fileExistsBehavior()),
        all.find("autoRollback").map(OptionSettings::events).orElse(otherwise.autoRollback()),
        all.find("ignoreApplicationStopFailures")
            .map(Setting::flag)
            .orElse(otherwise.ignoreApplicationStopFailures()),
        all.find("appSpecFile").map(Setting::text).orElse(otherwise.appSpecFile()),
        all.find("description").map(OptionSettings::description).orElse(otherwise.description()),
        all.find("onConflict")
            .map(policy -> policy.oneOf(OnConflict.class))
            .orElse(otherwise.onConflict()),
        all.find("rollback").map(OptionSettings::rollback).orElse(otherwise.rollback()),
        all.find("preflight").map(PreflightSettings::read).orElse(otherwise.preflight()),
        all.find("lateJoiners")
            .map(policy -> policy.oneOf(LateJoiners.class))
            .orElse(otherwise.lateJoiners()));
  }

  private static Set<AutoRollbackEvent> events(Setting events) {
    Set<AutoRollbackEvent> all = EnumSet.noneOf(AutoRollbackEvent.class);
    for (Setting event : events.itemsOrSelf()) {
      if (!all.add(event.oneOf(AutoRollbackEvent.class))) {
        throw event.wrong("stands twice; keep one of them");
      }
    }
    return all;
  }

  private static RollbackOptions rollback(Setting rollback) {
    Section section = rollback.section().allow("hosts", "fullPace", "oneWayDoor");
    RollbackOptions otherwise = RollbackOptions.DEFAULT;
    return new RollbackOptions(
        section
            .find("hosts")
            .map(scope -> scope.oneOf(RollbackOptions.Scope.class))
            .orElse(otherwise.scope()),
        section.find("fullPace").map(Setting::flag).orElse(otherwise.fullPace()),
        section.find("oneWayDoor").map(Setting::text).orElse(null));
  }

  private static String description(Setting description) {
    String text = description.textOrEmpty();
    if (text.length() > LONGEST_DESCRIPTION) {
      throw description.wrong(
          "must have at most " + LONGEST_DESCRIPTION + " characters, but has " + text.length());
    }
    return text;
  }
}
