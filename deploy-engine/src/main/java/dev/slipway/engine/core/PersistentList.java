package dev.slipway.engine.core;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * A list that only grows, immutable and cheap to append to: it is kept in chunks whose sizes are
 * the powers of two of its length, largest first, so that an append copies few elements on average.
 */
final class PersistentList<T> extends AbstractList<T> {

  private final List<List<T>> chunks;
  private final int size;

  private PersistentList(List<List<T>> chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  static <T> PersistentList<T> empty() {
    return new PersistentList<>(List.of(), 0);
  }

  /** This list and one more element. */
  PersistentList<T> plus(T element) {
    List<List<T>> next = new ArrayList<>(chunks);
    List<T> last = List.of(element);
    while (!next.isEmpty() && next.get(next.size() - 1).size() == last.size()) {
      List<T> joined = new ArrayList<>(next.remove(next.size() - 1));
      joined.addAll(last);
      last = List.copyOf(joined);
    }
    next.add(last);
    return new PersistentList<>(List.copyOf(next), size + 1);
  }

  @Override
  public T get(int index) {
    int rest = index;
    for (List<T> chunk : chunks) {
      if (rest < chunk.size()) {
        return chunk.get(rest);
      }
      rest -= chunk.size();
    }
    throw new IndexOutOfBoundsException("no element " + index + " of " + size);
  }

  @Override
  public int size() {
    return size;
  }
}
