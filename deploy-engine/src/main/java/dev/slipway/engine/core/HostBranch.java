package dev.slipway.engine.core;

import java.time.Instant;
import java.util.List;

/** Up to 32 parts of a {@link HostTable}; a change copies the branch and shares the other parts. */
final class HostBranch implements TableNode {

  private final TableNode[] parts;
  private final int pending;
  private final int inFlight;
  private final Instant deadline;

  private HostBranch(TableNode[] parts, int pending, int inFlight, Instant deadline) {
    this.parts = parts;
    this.pending = pending;
    this.inFlight = inFlight;
    this.deadline = deadline;
  }

  static HostBranch of(List<? extends TableNode> parts) {
    TableNode[] array = parts.toArray(TableNode[]::new);
    int pending = 0;
    int inFlight = 0;
    for (TableNode part : array) {
      pending += part.pending();
      inFlight += part.inFlight();
    }
    return new HostBranch(array, pending, inFlight, earliest(array));
  }

  TableNode part(int index) {
    return parts[index];
  }

  int size() {
    return parts.length;
  }

  HostBranch with(int index, TableNode part) {
    TableNode before = parts[index];
    TableNode[] copy = parts.clone();
    copy[index] = part;
    return new HostBranch(
        copy,
        pending - before.pending() + part.pending(),
        inFlight - before.inFlight() + part.inFlight(),
        deadlineAfter(before, part, copy));
  }

  private Instant deadlineAfter(TableNode before, TableNode part, TableNode[] copy) {
    if (!part.deadline().isAfter(deadline)) {
      return part.deadline();
    }
    return before.deadline().equals(deadline) ? earliest(copy) : deadline;
  }

  private static Instant earliest(TableNode[] parts) {
    Instant earliest = Instant.MAX;
    for (TableNode part : parts) {
      if (part.deadline().isBefore(earliest)) {
        earliest = part.deadline();
      }
    }
    return earliest;
  }

  @Override
  public int pending() {
    return pending;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public Instant deadline() {
    return deadline;
  }
}
