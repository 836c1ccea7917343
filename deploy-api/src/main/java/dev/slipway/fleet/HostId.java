package dev.slipway.fleet;

/**
 * The name of a host, unique in its inventory.
 *
 * @param value not blank
 */
public record HostId(String value) implements Comparable<HostId> {

  /** Refuses a blank name. */
  public HostId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a host must have a name");
    }
  }

  @Override
  public int compareTo(HostId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
