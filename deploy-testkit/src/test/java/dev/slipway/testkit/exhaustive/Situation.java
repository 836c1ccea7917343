package dev.slipway.testkit.exhaustive;

import org.jspecify.annotations.Nullable;

/**
 * Everything that matters at one moment, as numbers. Immutable, and equal when nothing that matters
 * differs.
 *
 * @param state number of the state that the journal gives
 * @param version how many events there are
 * @param epoch how often somebody has become the owner
 * @param waiting items in the inbox, as bits
 * @param delivered items that have ever been in the inbox, as bits
 * @param sent hosts to which the command is on its way, once or more often, as bits
 * @param running hosts that run the event, as bits
 * @param good hosts on which it has succeeded, as bits
 * @param bad hosts on which it has failed, as bits
 * @param one a driver
 * @param other another driver
 */
record Situation(
    int state,
    int version,
    int epoch,
    int waiting,
    int delivered,
    int sent,
    int running,
    int good,
    int bad,
    Driver one,
    Driver other) {

  /** What a driver does just now. */
  enum Phase {
    /** It holds nothing: it has not begun, or it is dead. */
    GONE(0),
    /** It is about to read the inbox and to decide. */
    READY(1),
    /** It has decided, and is about to commit. */
    DECIDED(2),
    /** It has committed, and acts. */
    ACTING(3);

    private final int code;

    Phase(int code) {
      this.code = code;
    }
  }

  /**
   * A driver.
   *
   * @param phase what it does
   * @param epoch when it became the owner
   * @param version how many events it knows
   * @param state number of the state that it believes in
   * @param items what it has read from the inbox
   * @param stopFirst whether the stop was first of them
   * @param inherited what an earlier owner may not have sent, as bits
   * @param toSend what it is about to send, as bits
   */
  record Driver(
      Phase phase,
      int epoch,
      int version,
      int state,
      int items,
      boolean stopFirst,
      int inherited,
      int toSend) {

    long packed() {
      long packed = state * 64L + version;
      packed = packed * 4 + phase.code;
      packed = packed * 4 + epoch;
      packed = packed * 16 + items;
      packed = packed * 8 + inherited;
      return (packed * 8 + toSend) * 2 + (stopFirst ? 1 : 0);
    }

    static final Driver NONE = new Driver(Phase.GONE, 0, 0, 0, 0, false, 0, 0);

    Driver decided(int read, boolean first) {
      return new Driver(Phase.DECIDED, epoch, version, state, read, first, inherited, 0);
    }

    Driver acting(int newVersion, int newState, int offers) {
      return offers == 0
          ? new Driver(Phase.READY, epoch, newVersion, newState, 0, false, 0, 0)
          : new Driver(Phase.ACTING, epoch, newVersion, newState, 0, false, 0, offers);
    }

    Driver sent(int host) {
      return acting(version, state, toSend & ~(1 << host));
    }
  }

  /** Small numbers, mixed: the hash of a record would be the same for too many of them. */
  @Override
  public int hashCode() {
    long hash = state * 64L + version;
    hash = hash * 64 + epoch * 16L + waiting;
    hash = hash * 16 + delivered;
    hash = ((hash * 8 + sent) * 8 + running) * 8 + good;
    hash = hash * 8 + bad;
    hash = (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
    hash = (hash + one.packed()) * 0x94d049bb133111ebL;
    hash = ((hash ^ (hash >>> 32)) + other.packed()) * 0xbf58476d1ce4e5b9L;
    return (int) (hash ^ (hash >>> 32));
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Situation that
        && state == that.state
        && version == that.version
        && epoch == that.epoch
        && waiting == that.waiting
        && delivered == that.delivered
        && sent == that.sent
        && running == that.running
        && good == that.good
        && bad == that.bad
        && one.equals(that.one)
        && other.equals(that.other);
  }

  static Situation first() {
    return new Situation(Decisions.created(), 0, 0, 0, 0, 0, 0, 0, 0, Driver.NONE, Driver.NONE);
  }

  /** The same with the two drivers in a fixed order, because it does not matter which is which. */
  Situation canonical() {
    boolean ordered =
        one.epoch > other.epoch || (one.epoch == other.epoch && one.packed() >= other.packed());
    return ordered ? this : withDriver(true, other).withDriver(false, one);
  }

  Situation withJournal(int newState, int newVersion, int consumed) {
    return new Situation(
        newState,
        newVersion,
        epoch,
        waiting & ~consumed,
        delivered,
        sent,
        running,
        good,
        bad,
        one,
        other);
  }

  Situation withEpoch(int next) {
    return new Situation(
        state, version, next, waiting, delivered, sent, running, good, bad, one, other);
  }

  Situation withDriver(boolean first, Driver driver) {
    return new Situation(
        state,
        version,
        epoch,
        waiting,
        delivered,
        sent,
        running,
        good,
        bad,
        first ? driver : one,
        first ? other : driver);
  }

  Situation withItem(int item) {
    return new Situation(
        state,
        version,
        epoch,
        (delivered & item) == 0 ? waiting | item : waiting,
        delivered | item,
        sent,
        running,
        good,
        bad,
        one,
        other);
  }

  Situation withSent(int hosts) {
    return new Situation(
        state, version, epoch, waiting, delivered, sent | hosts, running, good, bad, one, other);
  }

  Situation withHosts(int nowRunning, int nowGood, int nowBad) {
    return new Situation(
        state, version, epoch, waiting, delivered, sent, nowRunning, nowGood, nowBad, one, other);
  }
}
