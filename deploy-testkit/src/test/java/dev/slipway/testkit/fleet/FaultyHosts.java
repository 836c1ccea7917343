package dev.slipway.testkit.fleet;

import dev.slipway.fleet.HostId;
import dev.slipway.spi.transport.CommandKey;

/** Hosts that break a promise each. */
final class FaultyHosts {

  private FaultyHosts() {}

  /** Runs a command each time it comes. */
  static final class WithoutTickets extends SimulatedHost {
    WithoutTickets(HostId id, World world, HostWitness witness, Scripts scripts) {
      super(id, world, witness, scripts);
    }

    @Override
    boolean knows(CommandKey key) {
      return false;
    }
  }

  /** Forgets when it boots what it has run before. */
  static final class ForgetsAtBoot extends SimulatedHost {
    ForgetsAtBoot(HostId id, World world, HostWitness witness, Scripts scripts) {
      super(id, world, witness, scripts);
    }

    @Override
    void booted() {
      forgetTickets();
    }
  }

  /** Takes a cancellation that comes before its command for one that means nothing. */
  static final class WithoutTombstones extends SimulatedHost {
    WithoutTombstones(HostId id, World world, HostWitness witness, Scripts scripts) {
      super(id, world, witness, scripts);
    }

    @Override
    boolean leavesTombstones() {
      return false;
    }
  }

  /** Takes commands of rollouts that a later one has replaced. */
  static final class AnyGeneration extends SimulatedHost {
    AnyGeneration(HostId id, World world, HostWitness witness, Scripts scripts) {
      super(id, world, witness, scripts);
    }

    @Override
    boolean isStale(long generation, long highest) {
      return false;
    }
  }
}
