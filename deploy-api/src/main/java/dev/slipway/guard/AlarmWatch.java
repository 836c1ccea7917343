package dev.slipway.guard;

import dev.slipway.failure.RequestException;
import java.time.Duration;
import java.util.List;

/**
 * Alarms that stop a rollout: read before its first host starts, and all the time while it runs. A
 * rollout that an alarm stops ends as Stopped with ALARM_ACTIVE.
 *
 * @param source the name under which the factory of the alarms' source is registered
 * @param version of the source's own rules, from 1
 * @param parameters JSON text that the factory understands, may be empty
 * @param alarms which alarms, at least one
 * @param ignorePollAlarmFailure whether the rollout goes on when they cannot be read; CodeDeploy
 *     stops it unless told so
 * @param every how often they are read
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html">
 *     AlarmConfiguration</a>
 */
public record AlarmWatch(
    String source,
    int version,
    String parameters,
    List<String> alarms,
    boolean ignorePollAlarmFailure,
    Duration every) {

  /** How often alarms are read unless it is said. */
  public static final Duration USUALLY_EVERY = Duration.ofSeconds(30);

  /**
   * Copies the list in.
   *
   * @throws RequestException if there is no alarm, or the time is less than a second
   */
  public AlarmWatch {
    alarms = List.copyOf(alarms);
    if (alarms.isEmpty()) {
      throw new RequestException("alarms must name at least one alarm");
    }
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new RequestException("alarms are read every 1 s or more seldom, but was " + every);
    }
  }

  /** Returns a watch of alarms of version 1 of a source without parameters. */
  public static AlarmWatch of(String source, String... alarms) {
    return new AlarmWatch(source, 1, "", List.of(alarms), false, USUALLY_EVERY);
  }

  /** Returns this watch as one that goes on when alarms cannot be read. */
  public AlarmWatch ignoringPollFailure() {
    return new AlarmWatch(source, version, parameters, alarms, true, every);
  }

  /** Returns this watch with another time between two readings. */
  public AlarmWatch every(Duration time) {
    return new AlarmWatch(source, version, parameters, alarms, ignorePollAlarmFailure, time);
  }
}
