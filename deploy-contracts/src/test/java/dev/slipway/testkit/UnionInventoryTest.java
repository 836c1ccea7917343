package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.inventory.Inventory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The contract of inventories, for one that two make up together. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnionInventoryTest extends InventoryContract {

  @Override
  protected Inventory inventory() {
    return of(host("a", "web"), host("b", "db")).and(of(host("b", "db"), host("c", "web")));
  }

  @Override
  protected HostSelector all() {
    return HostSelector.none().tag("env", "prod");
  }

  @Override
  protected HostSelector some() {
    return HostSelector.none().tag("role", "web");
  }

  @Test
  void a_host_that_the_first_does_not_mean_is_not_taken_from_the_second() {
    Inventory union =
        of(host("a", "web"), host("b", "db")).and(of(host("b", "web"), host("c", "web")));

    assertThat(union.snapshot(some())).containsExactly(host("a", "web"), host("c", "web"));
  }

  private static Inventory of(Host... hosts) {
    return selector -> List.of(hosts).stream().filter(selector::matches).toList();
  }

  private static Host host(String name, String role) {
    return new Host(new HostId(name), name, "", Map.of("env", "prod", "role", role), Map.of());
  }
}
