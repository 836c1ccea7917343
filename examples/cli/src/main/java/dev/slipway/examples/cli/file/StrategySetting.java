package dev.slipway.examples.cli.file;

import dev.slipway.guard.Checkpoint;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Who starts when, and what is to be so after each wave.
 *
 * @param strategy who starts when
 * @param checkpoints the places behind waves that ask for something
 */
record StrategySetting(StrategyReference strategy, List<Checkpoint> checkpoints) {

  StrategySetting {
    checkpoints = List.copyOf(checkpoints);
  }

  /** Reads a list of waves, or {@code {adaptive: {first: 1, most: 32}}}. */
  static StrategySetting read(Setting setting) {
    if (setting.isSection() && setting.section().find("adaptive").isPresent()) {
      return new StrategySetting(adaptive(setting.section().allow("adaptive")), List.of());
    }
    List<WaveSize> sizes = new ArrayList<>();
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (Setting wave : setting.itemsOrSelf()) {
      if (wave.isSection()) {
        Section section = wave.section().allow("wave", "bake", "gates", "approval", "pause");
        WaveSize size = size(section.require("wave", "say how far it reaches, such as 5%"));
        sizes.add(size);
        checkpoints.add(GuardSettings.checkpoint(section, wave, Checkpoint.after(size)));
      } else {
        sizes.add(size(wave));
      }
    }
    checkpoints.removeIf(Checkpoint::asksForNothing);
    return new StrategySetting(
        Placed.at(setting, () -> StrategyReference.waves(sizes.toArray(WaveSize[]::new))),
        checkpoints);
  }

  private static WaveSize size(Setting size) {
    return Placed.at(size, () -> WaveSize.parse(size.text()));
  }

  private static StrategyReference adaptive(Section section) {
    Setting adaptive = section.require("adaptive", "add {first: 1, most: 32}");
    Section numbers = adaptive.section().allow("first", "most");
    int first = numbers.require("first", "add a number of hosts").number(1, 999_999_999);
    int most = numbers.require("most", "add a number of hosts").number(1, 999_999_999);
    return Placed.at(adaptive, () -> StrategyReference.adaptive(first, most));
  }
}
