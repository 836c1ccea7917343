package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.inventory.Inventory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Inventory} keeps to. A test of an inventory extends this class and provides one
 * with at least two hosts, of which a selector means some and not all.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class InventoryContract {

  /** Makes one. */
  protected InventoryContract() {}

  /** Returns the inventory. */
  protected abstract Inventory inventory();

  /** Returns a selector that means all of its hosts. */
  protected abstract HostSelector all();

  /** Returns a selector that means at least one of its hosts, and not all. */
  protected abstract HostSelector some();

  @Test
  void each_host_is_there_once() {
    List<HostId> ids = inventory().snapshot(all()).stream().map(Host::id).toList();

    assertThat(ids).hasSizeGreaterThan(1).doesNotHaveDuplicates();
  }

  @Test
  void only_hosts_that_the_selector_means_are_returned() {
    List<Host> everyone = inventory().snapshot(all());
    List<Host> chosen = inventory().snapshot(some());

    assertThat(chosen).isNotEmpty().hasSizeLessThan(everyone.size());
    assertThat(chosen).isEqualTo(everyone.stream().filter(some()::matches).toList());
  }

  @Test
  void a_selector_without_a_group_means_nobody() {
    assertThat(inventory().snapshot(HostSelector.none())).isEmpty();
  }

  @Test
  void asking_again_gives_the_same_hosts_in_the_same_order() {
    assertThat(inventory().snapshot(all())).isEqualTo(inventory().snapshot(all()));
  }

  @Test
  void beside_another_inventory_its_own_hosts_win() {
    Host first = inventory().snapshot(all()).get(0);
    Host twin = new Host(first.id(), "elsewhere", "", first.tags(), Map.of());
    Host other = new Host(new HostId("only-here"), "here", "", first.tags(), Map.of());
    Inventory others = selector -> Stream.of(twin, other).filter(selector::matches).toList();

    List<Host> union = inventory().and(others).snapshot(all());

    assertThat(union).contains(first, other).doesNotContain(twin);
    assertThat(union.stream().map(Host::id).toList()).doesNotHaveDuplicates();
  }
}
