package dev.slipway.examples.cli.file;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.simulation.SimulationSpec;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The modelled fleet of {@code simulate}.
 *
 * @param zones how many hosts each zone has, in the order of the file; one without a name when the
 *     fleet has no zones; empty when the inventory's hosts are meant
 * @param failures which positions in scheduling order fail, from 1, and in which event
 * @param originals how many hosts a blue/green rollout switches from; empty when those of the
 *     inventory are meant
 * @param refusing names of gates that refuse, and of sources of alarms with an active alarm
 * @param seed of everything that chance decides
 */
public record SimulationPart(
    Map<String, Integer> zones,
    SortedMap<Integer, LifecycleEvent> failures,
    OptionalInt originals,
    Set<String> refusing,
    long seed) {

  /** All hosts of the inventory, and nothing fails. */
  public static final SimulationPart OF_INVENTORY =
      new SimulationPart(Map.of(), new TreeMap<>(), OptionalInt.empty(), Set.of(), 0);

  private static final int MOST_HOSTS = 100_000;
  private static final LifecycleEvent USUAL_FAILURE = SimulationSpec.DEFAULT_FAILURE;

  /** Copies the maps in. */
  public SimulationPart {
    refusing = Set.copyOf(refusing);
    zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  static SimulationPart read(Setting simulate) {
    Section section =
        simulate.section().allow("hosts", "zones", "originals", "fail", "refuse", "seed");
    Map<String, Integer> zones = zones(section);
    int most = zones.isEmpty() ? MOST_HOSTS : zones.values().stream().mapToInt(n -> n).sum();
    SortedMap<Integer, LifecycleEvent> failures = new TreeMap<>();
    section.find("fail").ifPresent(fail -> failures(fail, most, failures));
    long seed = section.find("seed").map(SimulationPart::seed).orElse(0L);
    Set<String> refusing = new LinkedHashSet<>();
    section
        .find("refuse")
        .ifPresent(names -> names.itemsOrSelf().forEach(name -> refusing.add(name.text())));
    OptionalInt originals =
        section.find("originals").stream().mapToInt(count -> count.number(0, MOST_HOSTS)).findAny();
    return new SimulationPart(zones, failures, originals, refusing, seed);
  }

  private static Map<String, Integer> zones(Section section) {
    Optional<Setting> hosts = section.find("hosts");
    Optional<Setting> zones = section.find("zones");
    if (hosts.isPresent() && zones.isPresent()) {
      throw hosts.get().wrong("stands beside \"zones\"; keep one of them");
    }
    Map<String, Integer> sizes = new LinkedHashMap<>();
    hosts.ifPresent(size -> sizes.put("", size.number(0, MOST_HOSTS)));
    zones.ifPresent(
        all ->
            all.section()
                .entries()
                .forEach((zone, size) -> sizes.put(zone, size.number(0, MOST_HOSTS))));
    return sizes;
  }

  private static void failures(
      Setting fail, int most, SortedMap<Integer, LifecycleEvent> failures) {
    if (fail.isSection()) {
      Section section = fail.section();
      section
          .entries()
          .forEach(
              (position, event) ->
                  failures.put(section.name(position).orElse(fail).number(1, most), event(event)));
      return;
    }
    for (Setting position : fail.items()) {
      if (failures.put(position.number(1, most), USUAL_FAILURE) != null) {
        throw position.wrong("stands twice; keep one of them");
      }
    }
  }

  private static LifecycleEvent event(Setting event) {
    return event.oneOf(
        LifecycleEvent.IN_PLACE_WITH_TRAFFIC.stream().filter(one -> !one.isControlSide()).toList(),
        LifecycleEvent::wireName);
  }

  private static long seed(Setting seed) {
    if (!seed.text().matches("-?\\d{1,18}")) {
      throw seed.wrong("must be a whole number of at most 18 digits, but is " + seed.shown());
    }
    return Long.parseLong(seed.text());
  }
}
