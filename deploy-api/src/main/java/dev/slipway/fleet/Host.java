package dev.slipway.fleet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine that can be deployed to.
 *
 * @param id its name
 * @param address a host name or IP address, as its transport understands it
 * @param zone its availability zone, rack or room; empty when unknown
 * @param tags what selectors look at
 * @param settings what its transport needs to know (for SSH: {@code user}, {@code port}, ...); keys
 *     are the transport's, values may be secret and never appear in {@link #toString()}
 */
public record Host(
    HostId id,
    String address,
    String zone,
    Map<String, String> tags,
    Map<String, String> settings) {

  /** Copies the maps in, sorted. */
  public Host {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** Returns a host without zone, tags and settings. */
  public static Host named(String name) {
    return new Host(new HostId(name), name, "", Map.of(), Map.of());
  }

  /** Returns name and address. */
  @Override
  public String toString() {
    return id + "(" + address + ")";
  }
}
