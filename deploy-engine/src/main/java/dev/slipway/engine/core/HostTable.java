package dev.slipway.engine.core;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The hosts of a rollout in scheduling order, by position from 0.
 *
 * <p>Immutable, and yet cheap to change: a tree with 32 parts to a branch, of which a change copies
 * one branch to a level and shares the rest. Each branch knows how many of its hosts are pending
 * and in flight, and its earliest deadline, so that none of these is ever searched host by host.
 */
final class HostTable extends AbstractList<HostState> {

  private static final int BITS = 5;
  private static final int WIDTH = 1 << BITS;

  private final HostBranch root;
  private final int size;
  private final int topShift;

  private HostTable(HostBranch root, int size, int topShift) {
    this.root = root;
    this.size = size;
    this.topShift = topShift;
  }

  static HostTable of(List<HostState> hosts) {
    List<? extends TableNode> level = grouped(hosts);
    int shift = 0;
    while (level.size() > 1) {
      level = grouped(level);
      shift += BITS;
    }
    return new HostTable((HostBranch) level.get(0), hosts.size(), shift);
  }

  private static List<HostBranch> grouped(List<? extends TableNode> parts) {
    List<HostBranch> branches = new ArrayList<>();
    for (int from = 0; from < parts.size(); from += WIDTH) {
      branches.add(HostBranch.of(parts.subList(from, Math.min(from + WIDTH, parts.size()))));
    }
    return branches.isEmpty() ? List.of(HostBranch.of(List.of())) : branches;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public HostState get(int position) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException("no host at " + position + " of " + size);
    }
    TableNode node = root;
    for (int shift = topShift; shift >= 0; shift -= BITS) {
      node = ((HostBranch) node).part(slot(position, shift));
    }
    return (HostState) node;
  }

  /** This table with another host at a position. */
  HostTable with(int position, HostState host) {
    if (position < 0 || position >= size) {
      throw new IndexOutOfBoundsException("no host at " + position + " of " + size);
    }
    return new HostTable(with(root, topShift, position, host), size, topShift);
  }

  private static HostBranch with(HostBranch branch, int shift, int position, HostState host) {
    int slot = slot(position, shift);
    TableNode part =
        shift == 0 ? host : with((HostBranch) branch.part(slot), shift - BITS, position, host);
    return branch.with(slot, part);
  }

  /** The earliest deadline of a host, {@link Instant#MAX} for none. */
  Instant deadline() {
    return root.deadline();
  }

  /** Positions of the first pending hosts in a range, at most so many. */
  List<Integer> pending(int from, int to, int most) {
    return new Search(node -> node.pending() > 0, from, to, most).in(root, topShift);
  }

  /** Positions of the first hosts in flight, at most so many. */
  List<Integer> inFlight(int most) {
    return new Search(node -> node.inFlight() > 0, 0, size, most).in(root, topShift);
  }

  /** Positions of all hosts in flight. */
  List<Integer> inFlight() {
    return inFlight(Integer.MAX_VALUE);
  }

  /** Positions of all hosts whose deadline has come. */
  List<Integer> due(Instant at) {
    return new Search(node -> !node.deadline().isAfter(at), 0, size, Integer.MAX_VALUE)
        .in(root, topShift);
  }

  private static int slot(int position, int shift) {
    return (position >>> shift) & (WIDTH - 1);
  }

  /** Finds hosts, entering only the branches that hold one. */
  private static final class Search {

    private final Predicate<TableNode> wanted;
    private final int from;
    private final int to;
    private final int most;
    private final List<Integer> found = new ArrayList<>();

    Search(Predicate<TableNode> wanted, int from, int to, int most) {
      this.wanted = wanted;
      this.from = from;
      this.to = to;
      this.most = most;
    }

    List<Integer> in(HostBranch root, int topShift) {
      enter(root, topShift, 0);
      return found;
    }

    private void enter(HostBranch branch, int shift, int start) {
      int span = 1 << shift;
      for (int slot = 0; slot < branch.size() && found.size() < most; slot++) {
        int first = start + slot * span;
        TableNode part = branch.part(slot);
        if (first >= to || first + span <= from || !wanted.test(part)) {
          continue;
        }
        if (shift == 0) {
          found.add(first);
        } else {
          enter((HostBranch) part, shift - BITS, first);
        }
      }
    }
  }
}
