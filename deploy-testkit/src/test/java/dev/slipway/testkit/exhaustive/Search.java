package dev.slipway.testkit.exhaustive;

import dev.slipway.testkit.exhaustive.Situation.Driver;
import dev.slipway.testkit.exhaustive.Situation.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through every situation that can come about, breadth first: drivers decide, commit, send and
 * die between any two steps, commands and reports come late, twice or never, hosts finish or fail,
 * a user stops. Ends at the first situation that must not be, which is one with the fewest steps.
 */
final class Search {

  /** A promise that somebody breaks. */
  enum Flaw {
    /** Whoever was an owner once may append for ever. */
    NO_FENCING,
    /** What is decided is sent before it is committed. */
    SEND_BEFORE_COMMIT,
    /** Hosts run a command each time it comes. */
    NO_TICKETS,
    /** A new owner does not send again what may not have been sent. */
    NOTHING_INHERITED,
    /** What came in between reading and commit counts as read. */
    LOST_REQUEST
  }

  /**
   * What a search has found.
   *
   * @param situations how many there are
   * @param depth how many steps the longest way to one takes, of the shortest ways
   * @param violation what must not be, or null
   */
  record Result(int situations, int depth, @Nullable String violation) {}

  private final Decisions decisions;
  private final Set<Flaw> flaws;
  private final int epochs;
  private final List<Situation> next = new ArrayList<>();
  private final Set<Situation> seen = new HashSet<>();
  private @Nullable String violation;

  /**
   * Prepares one.
   *
   * @param floor how many of the hosts must stay healthy
   * @param epochs how often somebody may become the owner
   */
  Search(int floor, int epochs, Set<Flaw> flaws) {
    this.decisions = new Decisions(floor);
    this.epochs = epochs;
    this.flaws = flaws.isEmpty() ? EnumSet.noneOf(Flaw.class) : EnumSet.copyOf(flaws);
  }

  Result run() {
    add(Situation.first());
    int depth = 0;
    while (!next.isEmpty() && violation == null) {
      List<Situation> layer = List.copyOf(next);
      next.clear();
      depth++;
      for (Situation situation : layer) {
        expand(situation);
        if (violation != null) {
          break;
        }
      }
    }
    return new Result(seen.size(), depth, violation);
  }

  private void add(Situation situation) {
    Situation canonical = situation.canonical();
    if (seen.add(canonical)) {
      check(canonical);
      next.add(canonical);
    }
  }

  private void expand(Situation now) {
    checkNotStuck(now);
    drive(now, true);
    drive(now, false);
    hosts(now);
    if ((now.delivered() & Decisions.STOP) == 0 && !isOver(now)) {
      add(now.withItem(Decisions.STOP));
    }
  }

  private void drive(Situation now, boolean first) {
    Driver driver = first ? now.one() : now.other();
    switch (driver.phase()) {
      case GONE -> {
        if (now.epoch() < epochs && !isOver(now)) {
          takeOver(now, first);
        }
        return;
      }
      case READY -> {
        if (!decisions.facts(driver.state()).over()) {
          decide(now, first, driver);
        }
      }
      case DECIDED -> commit(now, first, driver);
      case ACTING -> send(now, first, driver);
    }
    add(now.withDriver(first, Driver.NONE));
  }

  private void takeOver(Situation now, boolean first) {
    int epoch = now.epoch() + 1;
    int inherited = flaws.contains(Flaw.NOTHING_INHERITED) ? 0 : decisions.pending(now.state());
    add(
        now.withEpoch(epoch)
            .withDriver(
                first,
                new Driver(
                    Phase.READY, epoch, now.version(), now.state(), 0, false, inherited, 0)));
  }

  private void decide(Situation now, boolean first, Driver driver) {
    add(now.withDriver(first, driver.decided(now.waiting(), false)));
    if ((now.waiting() & Decisions.STOP) != 0 && now.waiting() != Decisions.STOP) {
      add(now.withDriver(first, driver.decided(now.waiting(), true)));
    }
  }

  private void commit(Situation now, boolean first, Driver driver) {
    Decisions.Answer answer =
        decisions.decide(driver.state(), driver.items(), now.bad(), driver.stopFirst());
    if (flaws.contains(Flaw.SEND_BEFORE_COMMIT) && (answer.offers() & ~now.sent()) != 0) {
      add(now.withSent(answer.offers()));
    }
    int offers = (driver.inherited() & decisions.pending(answer.state())) | answer.offers();
    if (answer.events().isEmpty() && driver.items() == 0) {
      add(now.withDriver(first, driver.acting(driver.version(), driver.state(), offers)));
      return;
    }
    boolean fenced = driver.epoch() != now.epoch() || driver.version() != now.version();
    if ((fenced && !flaws.contains(Flaw.NO_FENCING)) || isOver(now)) {
      add(now.withDriver(first, Driver.NONE));
      return;
    }
    int state;
    try {
      state = decisions.apply(now.state(), answer.events());
    } catch (IllegalStateException e) {
      violation = "the journal cannot be read any more: " + e.getMessage() + " in " + now;
      return;
    }
    int version = now.version() + answer.events().size();
    int consumed = flaws.contains(Flaw.LOST_REQUEST) ? now.waiting() : driver.items();
    Situation after = now.withJournal(state, version, consumed);
    add(after.withDriver(first, driver.acting(version, answer.state(), offers)));
  }

  private void send(Situation now, boolean first, Driver driver) {
    int host = Integer.numberOfTrailingZeros(driver.toSend());
    add(now.withSent(1 << host).withDriver(first, driver.sent(host)));
  }

  private void hosts(Situation now) {
    for (int host = 0; host < Decisions.HOSTS; host++) {
      int bit = 1 << host;
      boolean known = ((now.running() | now.good() | now.bad()) & bit) != 0;
      if ((now.sent() & bit) != 0) {
        if (!known) {
          checkStart(now, host);
          add(now.withHosts(now.running() | bit, now.good(), now.bad()));
        } else if (flaws.contains(Flaw.NO_TICKETS)) {
          violation = "host " + host + " runs its event a second time after " + now;
        }
      }
      if ((now.running() & bit) != 0) {
        add(now.withHosts(now.running() & ~bit, now.good() | bit, now.bad()));
        add(now.withHosts(now.running() & ~bit, now.good(), now.bad() | bit));
      }
      if (((now.good() | now.bad()) & bit) != 0 && !isOver(now)) {
        add(now.withItem(bit));
      }
    }
  }

  private boolean isOver(Situation now) {
    return decisions.facts(now.state()).over();
  }

  private void checkStart(Situation now, int host) {
    if (isOver(now)) {
      violation = "host " + host + " starts after the end: " + now;
    }
  }

  private void check(Situation now) {
    int physicallyOff = Integer.bitCount(now.running() | now.bad());
    Decisions.Facts facts = decisions.facts(now.state());
    if (physicallyOff > decisions.failureBudget()) {
      violation = physicallyOff + " hosts are off: " + now;
    } else if (facts.off() > decisions.failureBudget()) {
      violation = "more hosts are off or failed than may be: " + now;
    } else if ((now.sent() & ~facts.offered()) != 0) {
      violation = "a command is sent that nobody has committed to: " + now;
    } else if ((facts.succeeded() & ~now.good()) != 0) {
      violation = "a host is said to have succeeded, and has not: " + now;
    } else if (isStopForgotten(now)) {
      violation = "the stop is forgotten: " + now;
    } else if (!facts.sound()) {
      violation = "success without enough hosts: " + now;
    }
  }

  private boolean isStopForgotten(Situation now) {
    boolean taken = (now.delivered() & ~now.waiting() & Decisions.STOP) != 0;
    return taken && !decisions.isStopping(now.state());
  }

  /** When nothing is under way any more, and an owner has nothing to do, it must be the end. */
  private void checkNotStuck(Situation now) {
    if (!isOver(now) && isSettled(now)) {
      violation = "nothing will ever happen any more: " + now;
    }
  }

  /** Whether the owner is at rest, nothing is under way and everything was heard. */
  private boolean isSettled(Situation now) {
    boolean ownerReady = isReadyOwner(now, now.one()) || isReadyOwner(now, now.other());
    return ownerReady
        && now.running() == 0
        && now.waiting() == 0
        && (now.sent() & ~(now.good() | now.bad())) == 0
        && ((now.good() | now.bad()) & ~now.delivered()) == 0;
  }

  private boolean isReadyOwner(Situation now, Driver driver) {
    if (driver.phase() != Phase.READY || driver.epoch() != now.epoch()) {
      return false;
    }
    Decisions.Answer answer = decisions.decide(driver.state(), 0, now.bad(), false);
    return driver.inherited() == 0 && answer.events().isEmpty() && answer.offers() == 0;
  }
}
