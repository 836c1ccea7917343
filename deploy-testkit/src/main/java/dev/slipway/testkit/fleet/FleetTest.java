package dev.slipway.testkit.fleet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is run once for each seed. A parameter of type {@link FleetSim} is a simulation with
 * these hosts and faults and with the seed of the run.
 *
 * <p>The seed is in the name of each run; a run that fails prints a line that repeats it. With
 * {@code -Dslipway.seed=} there is only the run of that seed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(FleetTestExtension.class)
public @interface FleetTest {

  /** How many hosts there are, {@code host-1} and so on. */
  int hosts() default 6;

  /** What may go wrong; all there is unless given. */
  Fault[] faults() default {
    Fault.SCRIPT_FAILURE,
    Fault.SCRIPT_HANG,
    Fault.HOST_CRASH,
    Fault.PARTITION,
    Fault.REFUSAL,
    Fault.DROP,
    Fault.DUPLICATE,
    Fault.DELAY,
    Fault.SLOW_STORE,
    Fault.STORE_OUTAGE,
    Fault.CONTROLLER_CRASH,
    Fault.ZOMBIE,
    Fault.SECOND_DRIVER,
    Fault.LATE_WAKE
  };

  /** How many seeds are the same every time: 0 and up. */
  int fixed() default 20;

  /** How many seeds are new every time. */
  int fresh() default 10;
}
