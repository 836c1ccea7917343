package dev.slipway.examples.cli.check;

import dev.slipway.failure.RequestException;
import dev.slipway.spi.alarm.AlarmSource;
import dev.slipway.spi.alarm.AlarmState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alarms that a program prints, one to a line: name, blank, OK, ALARM or INSUFFICIENT_DATA.
 *
 * @param line of the shell; its arguments are the names of the alarms
 */
record CommandAlarms(String line) implements AlarmSource {

  /** Refuses a line that names no program: the first alarm would be run as one. */
  CommandAlarms {
    if (line.isBlank()) {
      throw new RequestException(
          "alarms need a program that tells them: name one, such as ./alarms.sh");
    }
  }

  @Override
  public Map<String, AlarmState> read(Set<String> alarms) {
    Programs.Ended ended;
    try {
      ended = Programs.run(line, List.copyOf(alarms), List.of(), Map.of());
    } catch (IOException e) {
      throw new RequestException(line + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestException(line + " took too long");
    }
    if (ended.code() != 0) {
      throw new RequestException(line + " ended with " + ended.code() + ": " + ended.output());
    }
    Map<String, AlarmState> states = new LinkedHashMap<>();
    ended.output().lines().forEach(text -> read(text, states));
    return states;
  }

  private static void read(String text, Map<String, AlarmState> states) {
    int blank = text.lastIndexOf(' ');
    for (AlarmState state : AlarmState.values()) {
      if (blank > 0 && text.substring(blank + 1).equals(state.name())) {
        states.put(text.substring(0, blank).strip(), state);
      }
    }
  }
}
