package dev.slipway.domain;

import java.util.List;

/**
 * Alarms that stop a deployment.
 *
 * @param enabled whether they do; if not, they are only kept
 * @param ignorePollAlarmFailure whether a deployment goes on when alarms cannot be read
 * @param alarms their names, each once, at most 255 characters
 */
public record AlarmConfiguration(
    boolean enabled, boolean ignorePollAlarmFailure, List<String> alarms) {

  /** No alarms. */
  public static final AlarmConfiguration NONE = new AlarmConfiguration(false, false, List.of());

  /** Copies the list in. */
  public AlarmConfiguration {
    alarms = List.copyOf(alarms);
  }
}
