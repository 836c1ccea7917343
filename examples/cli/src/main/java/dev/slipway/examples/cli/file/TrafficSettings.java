package dev.slipway.examples.cli.file;

import dev.slipway.examples.cli.check.CliChecks;
import dev.slipway.fleet.HostSelector;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.Optional;

/** Reads who takes hosts out of traffic, and from which hosts traffic is switched. */
final class TrafficSettings {

  private TrafficSettings() {}

  static TrafficChoice read(Section all) {
    Optional<TrafficReference> control = all.find("traffic").map(TrafficSettings::control);
    Optional<BlueGreen> blueGreen = all.find("blueGreen").map(TrafficSettings::blueGreen);
    if (blueGreen.isPresent() && control.isEmpty()) {
      throw all.find("blueGreen")
          .orElseThrow()
          .wrong("needs \"traffic\": name who switches it, \"traffic: {command: ./balancer.sh}\"");
    }
    return new TrafficChoice(control.orElse(null), blueGreen.orElse(null));
  }

  private static TrafficReference control(Setting traffic) {
    Section section = traffic.section().allow("command");
    return CliChecks.traffic(
        section
            .require("command", "name a program that takes hosts out of traffic and puts them back")
            .text());
  }

  private static BlueGreen blueGreen(Setting blueGreen) {
    Section section = blueGreen.section().allow("originals", "readyWait");
    HostSelector originals =
        HostsSetting.selector(
            section.require(
                "originals",
                "say which hosts have the traffic now: \"originals: [{key: colour, value:"
                    + " blue}]\""));
    Setting wait = section.find("readyWait").orElse(null);
    if (wait == null) {
      return BlueGreen.from(originals);
    }
    Duration most = Durations.read(wait);
    return Placed.at(wait, () -> new BlueGreen(originals, most));
  }
}
