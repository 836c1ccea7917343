package dev.slipway.engine.driver;

import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The hosts of a record, in scheduling order, column by column: what many hosts have alike is there
 * once, and a hundred thousand of them are read in a fraction of the time that as many records
 * take.
 *
 * @param ids their names
 * @param addresses empty when each is the name of its host
 * @param zones where they are
 * @param ranks their ranks
 * @param tags what selectors look at
 * @param settings what their transports need to know
 */
record FleetColumns(
    List<String> ids,
    List<String> addresses,
    Column<String> zones,
    Column<Integer> ranks,
    Column<Map<String, String>> tags,
    Column<Map<String, String>> settings) {

  /** Copies the lists in. */
  FleetColumns {
    ids = List.copyOf(ids);
    addresses = List.copyOf(addresses);
    Objects.requireNonNull(zones, "zones");
    Objects.requireNonNull(ranks, "ranks");
    Objects.requireNonNull(tags, "tags");
    Objects.requireNonNull(settings, "settings");
  }

  /**
   * Values of which many are alike.
   *
   * @param values each once, in the order in which they come up
   * @param places which of them each host has; empty when all have the first
   */
  record Column<T>(List<T> values, List<Integer> places) {

    /** Copies the lists in. */
    Column {
      values = List.copyOf(values);
      places = List.copyOf(places);
    }

    static <T> Column<T> of(List<T> all) {
      Map<T, Integer> placeOf = new LinkedHashMap<>();
      List<Integer> places = new ArrayList<>(all.size());
      for (T value : all) {
        Integer place = placeOf.putIfAbsent(value, placeOf.size());
        places.add(place == null ? placeOf.size() - 1 : place);
      }
      return new Column<>(List.copyOf(placeOf.keySet()), placeOf.size() > 1 ? places : List.of());
    }

    T get(int host) {
      return values.get(places.isEmpty() ? 0 : places.get(host));
    }
  }

  /** Returns the hosts of a record. */
  static FleetColumns of(RolloutRecord record) {
    List<Host> hosts = record.hosts();
    List<ScheduledHost> scheduled = record.definition().hosts();
    if (!hosts.stream()
        .map(host -> new Place(host.id(), host.zone()))
        .toList()
        .equals(scheduled.stream().map(host -> new Place(host.id(), host.zone())).toList())) {
      throw new IllegalArgumentException(
          "the hosts of rollout "
              + record.definition().deployment()
              + " are not those that are scheduled, in their order");
    }
    boolean named = hosts.stream().allMatch(host -> host.address().equals(host.id().value()));
    return new FleetColumns(
        column(hosts, host -> host.id().value()),
        named ? List.of() : column(hosts, Host::address),
        Column.of(column(hosts, Host::zone)),
        Column.of(column(scheduled, ScheduledHost::rank)),
        Column.of(column(hosts, Host::tags)),
        Column.of(column(hosts, Host::settings)));
  }

  private record Place(HostId id, String zone) {}

  private static <H, T> List<T> column(List<H> hosts, Function<H, T> value) {
    return hosts.stream().map(value).toList();
  }

  /** Returns the record without its hosts. */
  static RolloutRecord takenOutOf(RolloutRecord record) {
    return with(record, List.of(), List.of());
  }

  /**
   * Returns a record with these hosts.
   *
   * @throws StoreException with reason CORRUPT if a column is shorter than another
   */
  RolloutRecord putInto(RolloutRecord record) {
    List<ScheduledHost> scheduled = new ArrayList<>(ids.size());
    List<Host> hosts = new ArrayList<>(ids.size());
    try {
      for (int i = 0; i < ids.size(); i++) {
        HostId id = new HostId(ids.get(i));
        String address = addresses.isEmpty() ? id.value() : addresses.get(i);
        scheduled.add(new ScheduledHost(id, zones.get(i), ranks.get(i)));
        hosts.add(new Host(id, address, zones.get(i), tags.get(i), settings.get(i)));
      }
    } catch (IndexOutOfBoundsException e) {
      throw new StoreException(
          Reason.CORRUPT,
          "host " + (hosts.size() + 1) + " of " + ids.size() + " of a rollout lacks a part",
          e);
    }
    return with(record, scheduled, hosts);
  }

  private static RolloutRecord with(
      RolloutRecord record, List<ScheduledHost> scheduled, List<Host> hosts) {
    RolloutDefinition definition = record.definition();
    return new RolloutRecord(
        new RolloutDefinition(
            definition.deployment(),
            definition.creator(),
            scheduled,
            definition.pace(),
            definition.lifecycle(),
            definition.rollback(),
            definition.guards()),
        record.strategy(),
        hosts,
        record.work(),
        record.retryOf(),
        record.waiting(),
        record.joiners());
  }
}
