package dev.slipway.examples.cli.check;

import dev.slipway.engine.SlipwayBuilder;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.GateReference;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.spi.traffic.TrafficReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The gates, alarms, traffic control and host terminator of the command: what they ask is the text
 * of their parameters.
 */
public final class CliChecks {

  private static final String HTTP = "http";
  private static final String COMMAND = "command";

  private CliChecks() {}

  /** Registers all of them. */
  public static SlipwayBuilder register(SlipwayBuilder builder) {
    return builder
        .healthGate(HTTP, 1, HttpGate::new)
        .healthGate(COMMAND, 1, CommandGate::new)
        .alarmSource(COMMAND, 1, CommandAlarms::new)
        .trafficControl(COMMAND, 1, CommandTraffic::new)
        .hostTerminator(COMMAND, 1, CommandTerminator::new);
  }

  /** Returns the gate of {@code {http: URL}} or {@code {command: LINE}}. */
  public static GateReference gate(Setting place, Section section) {
    Optional<Setting> http = section.find(HTTP);
    Optional<Setting> command = section.find(COMMAND);
    if (http.isPresent() == command.isPresent()) {
      throw place.wrong("must have either \"http\", an address, or \"command\", a program");
    }
    String kind = http.isPresent() ? HTTP : COMMAND;
    return GateReference.named(kind).with(http.or(() -> command).orElseThrow().text());
  }

  /** Returns the traffic control that is a program. */
  public static TrafficReference traffic(String command) {
    return new TrafficReference(COMMAND, 1, command);
  }

  /** Returns the host terminator that is a program. */
  public static TerminatorReference terminator(String command) {
    return new TerminatorReference(COMMAND, 1, command);
  }

  /** Returns alarms that a program tells. */
  public static AlarmWatch alarms(
      String command, List<String> names, boolean ignore, Duration every) {
    return new AlarmWatch(COMMAND, 1, command, names, ignore, every);
  }
}
