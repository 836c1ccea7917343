package dev.slipway.examples.cli.file;

import dev.slipway.examples.cli.check.CliChecks;
import dev.slipway.fleet.HostSelector;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.TrafficChoice;
import dev.slipway.spi.traffic.TrafficReference;
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
    Section section = blueGreen.section().allow("originals", "readyWait", "terminate");
    HostSelector originals =
        HostsSetting.selector(
            section.require(
                "originals",
                "say which hosts have the traffic now: \"originals: [{key: colour, value:"
                    + " blue}]\""));
    Optional<Setting> wait = section.find("readyWait");
    BlueGreen switching =
        wait.isEmpty()
            ? BlueGreen.from(originals)
            : Placed.at(wait.get(), () -> new BlueGreen(originals, Durations.read(wait.get())));
    return section
        .find("terminate")
        .map(terminate -> terminating(switching, terminate))
        .orElse(switching);
  }

  private static BlueGreen terminating(BlueGreen switching, Setting terminate) {
    Section section = terminate.section().allow("after", "command");
    String command = section.require("command", "name a program that ends hosts").text();
    Setting after =
        section.require(
            "after", "say how long original hosts stay after the switch: \"after: 1h\"");
    return Placed.at(
        after, () -> switching.terminating(CliChecks.terminator(command), Durations.read(after)));
  }
}
