package dev.slipway.spi.transport;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a deployment needs on each of its hosts beside what its transport needs itself.
 *
 * @param destinations the directories into which files go, as the AppSpec has them
 * @param owners the accounts to which files are to belong
 * @param accounts all accounts that are to exist, these included
 * @param groups the groups that are to exist
 * @param tools programs by name, such as {@code setfacl}
 */
public record HostNeeds(
    List<String> destinations,
    Set<String> owners,
    Set<String> accounts,
    Set<String> groups,
    Set<String> tools) {

  /** Nothing at all. */
  public static final HostNeeds NOTHING =
      new HostNeeds(List.of(), Set.of(), Set.of(), Set.of(), Set.of());

  /** Copies the collections in, the sets sorted. */
  public HostNeeds {
    destinations = List.copyOf(destinations);
    owners = Collections.unmodifiableSet(new TreeSet<>(owners));
    accounts = Collections.unmodifiableSet(new TreeSet<>(accounts));
    groups = Collections.unmodifiableSet(new TreeSet<>(groups));
    tools = Collections.unmodifiableSet(new TreeSet<>(tools));
  }

  /** Returns these needs for a deployment that makes its accounts and groups itself. */
  public HostNeeds withoutAccounts() {
    return new HostNeeds(destinations, owners, Set.of(), Set.of(), tools);
  }
}
