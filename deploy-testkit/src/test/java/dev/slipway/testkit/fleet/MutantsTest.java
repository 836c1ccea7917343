package dev.slipway.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.slipway.spi.store.Store;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The net catches: each promise that somebody breaks is missed within some random runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MutantsTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void a_broken_promise_is_seen(
      String name, int within, String complaint, Consumer<FleetSim> broken) {
    for (long seed = 1; seed <= within; seed++) {
      RandomFleet fleet = RandomFleet.of(seed);
      broken.accept(fleet.sim());
      try {
        fleet.run();
      } catch (FleetViolation violation) {
        System.out.printf("%s: caught at seed %d of at most %d%n", name, seed, within);
        assertThat(violation).hasMessageContaining(complaint);
        return;
      }
    }
    fail("nobody has noticed in %d runs: %s", within, name);
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        store("no fencing", 100, "", FaultyStores.WithoutFence::new),
        store("send before commit", 10, "before its intent", FaultyStores.CommitsLater::new),
        store("lost request", 1500, "nobody had stopped", FaultyStores.ForgetsRequests::new),
        store("forgotten rollout", 100, "never", FaultyStores.NamesNothing::new),
        store("budget off by one", 100, "are off", FaultyStores.FloorOneLower::new),
        host("no deduplication on hosts", 10, "second time", FaultyHosts.WithoutTickets::new),
        host("tickets forgotten at boot", 400, "", FaultyHosts.ForgetsAtBoot::new),
        host("no tombstone", 3000, "told not to", FaultyHosts.WithoutTombstones::new),
        host("stale generation accepted", 3000, "generation", FaultyHosts.AnyGeneration::new),
        mutant("new key on resume", 10, "before its intent", MutantsTest::newKeys),
        mutant(
            "failure taken for success",
            10,
            "",
            sim -> sim.transport(FaultyTransports.Flatters::new)));
  }

  private static FleetSim newKeys(FleetSim sim) {
    AtomicInteger processes = new AtomicInteger();
    return sim.transport(
        transport -> new FaultyTransports.NewKeys(transport, processes.getAndIncrement()));
  }

  private static Arguments store(
      String name, int within, String complaint, UnaryOperator<Store> faulty) {
    return mutant(name, within, complaint, sim -> sim.store(faulty));
  }

  private static Arguments host(
      String name, int within, String complaint, FleetSim.HostKind faulty) {
    return mutant(name, within, complaint, sim -> sim.hosts(faulty));
  }

  private static Arguments mutant(
      String name, int within, String complaint, Consumer<FleetSim> broken) {
    return Arguments.of(name, within, complaint, broken);
  }
}
