package dev.slipway.testkit.fleet;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host as every transport must make its hosts behave: it keeps a ticket for each key, the highest
 * generation of each deployment group, and runs one event of a group at a time. Tickets and
 * generations survive a crash, processes do not. Not thread-safe.
 */
class SimulatedHost {

  private static final Duration TERM_TO_KILL = Duration.ofSeconds(5);

  private final HostId id;
  private final World world;
  private final HostWitness witness;
  private final Scripts scripts;
  private final Map<CommandKey, Ticket> tickets = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private Instant unreachableUntil = Instant.MIN;
  private boolean up = true;
  private int boots;

  SimulatedHost(HostId id, World world, HostWitness witness, Scripts scripts) {
    this.id = id;
    this.world = world;
    this.witness = witness;
    this.scripts = scripts;
  }

  /** What a host knows of a key. */
  private static final class Ticket {
    private final CommandKey key;
    private final int boot;
    private Link link;
    private @Nullable Diagnostics end;

    Ticket(CommandKey key, int boot, Link link) {
      this.key = key;
      this.boot = boot;
      this.link = link;
    }
  }

  /** What a host knows of a deployment group. */
  private static final class Group {
    private long generation;
    private @Nullable Ticket running;
    private @Nullable Runnable waiting;
  }

  HostId id() {
    return id;
  }

  boolean isUp() {
    return up;
  }

  boolean isReachable() {
    return up && !unreachableUntil.isAfter(world.now());
  }

  void cutOff(Duration time) {
    unreachableUntil = world.now().plus(time);
    world.trace(() -> id + " is cut off for " + time);
  }

  /** Loses every process and keeps every file, and is up again after a while. */
  void crash(Duration down) {
    if (!up) {
      return;
    }
    world.trace(() -> id + " crashes for " + down);
    up = false;
    boots++;
    for (Group group : groups.values()) {
      if (group.running != null) {
        witness.died(group.running.key);
      }
      group.running = null;
      group.waiting = null;
    }
    world.after(
        down,
        () -> {
          world.trace(() -> id + " is up");
          up = true;
          booted();
        });
  }

  /** A command arrives. */
  final void receive(HostCommand command, Link link) {
    if (!isReachable()) {
      return;
    }
    CommandKey key = command.key();
    Group group = groups.computeIfAbsent(command.work().deploymentGroupId(), g -> new Group());
    if (isStale(command.generation(), group.generation)) {
      world.trace(() -> id + " refuses the generation of " + key);
      link.finished(
          key,
          Diagnostics.unknownError(
              "generation %d is known, so %d is refused"
                  .formatted(group.generation, command.generation())));
      return;
    }
    group.generation = Math.max(group.generation, command.generation());
    Ticket known = knows(key) ? tickets.get(key) : null;
    Ticket running = group.running;
    if (known != null) {
      known.link = link;
      answer(known);
    } else if (running != null) {
      group.waiting = () -> receive(command, link);
      terminate(group, running);
    } else {
      start(command, group, link);
    }
  }

  private void start(HostCommand command, Group group, Link link) {
    CommandKey key = command.key();
    Ticket ticket = new Ticket(key, boots, link);
    tickets.put(key, ticket);
    group.running = ticket;
    world.trace(() -> id + " starts " + key);
    witness.started(command);
    link.acknowledged(key);
    Scripts.Run run = scripts.run(key);
    world.after(run.time(), () -> end(group, ticket, run.end()));
  }

  /** What a host says of a key that it has seen before. */
  private void answer(Ticket ticket) {
    if (ticket.end == null) {
      if (ticket.boot == boots) {
        ticket.link.acknowledged(ticket.key);
        return;
      }
      ticket.end = Diagnostics.AFTER_RESTART;
    }
    ticket.link.finished(ticket.key, ticket.end);
  }

  /** A cancellation arrives, perhaps before the command that it cancels. */
  final void receiveCancel(CommandKey key, CancelMode mode, Link link) {
    if (!isReachable()) {
      return;
    }
    Ticket ticket = tickets.get(key);
    if (ticket == null) {
      witness.barred(key);
      if (leavesTombstones()) {
        Ticket tombstone = new Ticket(key, boots, link);
        tombstone.end = Diagnostics.unknownError("cancelled before it was started");
        tickets.put(key, tombstone);
      }
      world.trace(() -> id + " bars " + key);
      link.finished(key, Diagnostics.unknownError("cancelled before it was started"));
      return;
    }
    ticket.link = link;
    Group group = groupRunning(ticket);
    if (group != null && mode == CancelMode.TERMINATE) {
      terminate(group, ticket);
    } else {
      answer(ticket);
    }
  }

  private @Nullable Group groupRunning(Ticket ticket) {
    for (Group group : groups.values()) {
      if (group.running == ticket) {
        return group;
      }
    }
    return null;
  }

  private void terminate(Group group, Ticket ticket) {
    world.trace(() -> id + " terminates " + ticket.key);
    Duration left = world.chance.millis(0, (int) TERM_TO_KILL.toMillis());
    world.after(left, () -> end(group, ticket, Diagnostics.unknownError("it was terminated")));
  }

  private void end(Group group, Ticket ticket, Diagnostics end) {
    if (group.running != ticket) {
      return;
    }
    ticket.end = end;
    group.running = null;
    world.trace(() -> id + " ends " + ticket.key + " " + end.errorCode());
    witness.ended(ticket.key, end.isSuccess());
    ticket.link.finished(ticket.key, end);
    Runnable next = group.waiting;
    group.waiting = null;
    if (next != null) {
      next.run();
    }
  }

  /** Whether a ticket of this key counts. */
  boolean knows(CommandKey key) {
    return tickets.containsKey(key);
  }

  /** Whether a command of that generation comes too late. */
  boolean isStale(long generation, long highest) {
    return generation < highest;
  }

  /** Whether a cancelled key that has not come yet is remembered. */
  boolean leavesTombstones() {
    return true;
  }

  /** The host is up again. */
  void booted() {}

  /** Loses its tickets, as a host does whose disk is not what it promised. */
  final void forgetTickets() {
    tickets.clear();
  }
}
