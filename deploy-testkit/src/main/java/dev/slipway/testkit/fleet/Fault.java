package dev.slipway.testkit.fleet;

/** What goes wrong in a simulated fleet. How often each does is drawn anew for every run. */
public enum Fault {
  /** A script of a host fails. */
  SCRIPT_FAILURE,
  /** A script of a host runs longer than an event may. */
  SCRIPT_HANG,
  /** A host loses its power and boots again: its files are as they were, its processes are gone. */
  HOST_CRASH,
  /** A host cannot be reached for a while; what runs on it goes on. */
  PARTITION,
  /** A host refuses connections for good reason or none. */
  REFUSAL,
  /** A message between controller and host is lost. */
  DROP,
  /** A message between controller and host comes twice. */
  DUPLICATE,
  /** A message between controller and host comes late, after others that were sent later. */
  DELAY,
  /** A call to the store takes so long that other things happen meanwhile. */
  SLOW_STORE,
  /** A call to the store fails; nothing has changed then. */
  STORE_OUTAGE,
  /** A controller dies between any two of its steps, and another goes on. */
  CONTROLLER_CRASH,
  /** A controller freezes between any two of its steps, is replaced, and wakes up again. */
  ZOMBIE,
  /** A rollout is driven by two controllers at once. */
  SECOND_DRIVER,
  /** A controller hears late that there is something to do. */
  LATE_WAKE,
  /** A traffic control fails, before or after it has done what it was told. */
  TRAFFIC_OUTAGE,
  /** A traffic control refuses hosts. */
  TRAFFIC_REFUSAL,
  /** A traffic control forgets what it was told, or does not know where a host stands. */
  TRAFFIC_LOSS
}
