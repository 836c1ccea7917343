package dev.slipway.engine.guice;

import dev.slipway.spi.alarm.AlarmSourceFactory;

/**
 * A source of alarms to be registered.
 *
 * @param name as in {@link dev.slipway.guard.AlarmWatch}
 * @param version likewise
 * @param factory makes it of the parameters in the reference
 */
public record NamedAlarmSource(String name, int version, AlarmSourceFactory factory) {}
