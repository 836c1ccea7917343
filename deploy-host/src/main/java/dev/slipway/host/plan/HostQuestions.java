package dev.slipway.host.plan;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What must be known of a host before an install plan can be made.
 *
 * @param states paths whose {@link PathState} is asked for
 * @param entryCounts directories of the cleanup list whose number of entries is asked for (hidden
 *     ones counted, {@code .} and {@code ..} not); an answer may be left out for what is no
 *     directory
 */
public record HostQuestions(NavigableSet<String> states, NavigableSet<String> entryCounts) {

  /** Copies the sets in. */
  public HostQuestions {
    states = Collections.unmodifiableNavigableSet(new TreeSet<>(states));
    entryCounts = Collections.unmodifiableNavigableSet(new TreeSet<>(entryCounts));
  }
}
