package dev.slipway.engine.planning;

import dev.slipway.spi.transport.HostNeeds;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a bundle's AppSpec says, as far as a plan shows it.
 *
 * @param scripts by lifecycle event, in the order of the lifecycle
 * @param warnings what the parser warns of, with places
 * @param needs what it asks of hosts
 * @param bytes how much its files hold
 */
record BundleContents(
    Map<String, List<String>> scripts, List<String> warnings, HostNeeds needs, long bytes) {

  BundleContents {
    scripts = Collections.unmodifiableMap(new LinkedHashMap<>(scripts));
    warnings = List.copyOf(warnings);
  }
}
