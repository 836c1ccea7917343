package dev.slipway.examples.cli.check;

import dev.slipway.spi.alarm.AlarmSource;
import dev.slipway.testkit.AlarmSourceContract;

/** A program that tells alarms. */
class CommandAlarmsTest extends AlarmSourceContract {

  @Override
  protected AlarmSource source() {
    return new CommandAlarms("printf 'errors ALARM\\nlatency OK\\n' #");
  }

  @Override
  protected String active() {
    return "errors";
  }

  @Override
  protected String quiet() {
    return "latency";
  }

  @Override
  protected String unknown() {
    return "weather";
  }
}
