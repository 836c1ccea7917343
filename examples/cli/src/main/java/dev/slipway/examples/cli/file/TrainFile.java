package dev.slipway.examples.cli.file;

import dev.slipway.failure.RequestException;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.provider.onprem.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A train file that was read and found right, with the rollout files that it names. Paths in each
 * start at its own directory.
 *
 * @param name the name of the train
 * @param stages the rollouts, stage by stage
 * @param rollsBack whether all go back when one does not succeed
 */
public record TrainFile(String name, List<List<RolloutFile>> stages, boolean rollsBack) {

  private static final String NAME = "[A-Za-z0-9._+=,@-]{1,100}";

  /**
   * Reads a file.
   *
   * @throws RequestException naming place, key, value and remedy of the first thing that is wrong
   */
  public static TrainFile read(Path file) {
    Section all = SettingsFile.read(file).section().allow("train", "stages", "rollback");
    Setting name = all.require("train", "name the train, such as \"release-42\"");
    if (!name.text().matches(NAME)) {
      throw name.wrong("must be 1 to 100 letters, digits or . _ + = , @ -, but is " + name.shown());
    }
    Setting stages = all.require("stages", "list rollout files, such as \"[db.yml, web.yml]\"");
    Path parent = file.toAbsolutePath().normalize().getParent();
    List<List<RolloutFile>> read = new ArrayList<>();
    for (Setting stage : stages.items()) {
      List<RolloutFile> rollouts = new ArrayList<>();
      for (Setting rollout : stage.itemsOrSelf()) {
        rollouts.add(rollout(parent == null ? file : parent, rollout));
      }
      if (rollouts.isEmpty()) {
        throw stage.wrong("must name at least one rollout file");
      }
      read.add(rollouts);
    }
    if (read.isEmpty()) {
      throw stages.wrong("must have at least one stage");
    }
    return new TrainFile(name.text(), read, all.find("rollback").map(Setting::flag).orElse(true));
  }

  private static RolloutFile rollout(Path directory, Setting rollout) {
    Path file = directory.resolve(rollout.text()).normalize();
    if (!Files.isRegularFile(file)) {
      throw rollout.wrong(
          "names " + rollout.shown() + ", but " + file + " is no file; name a rollout file");
    }
    return RolloutFile.read(file);
  }
}
