package dev.slipway.engine.domain;

import dev.slipway.domain.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts of lists, a hundred at a time, as CodeDeploy has them. */
final class Paging {

  static final int SIZE = 100;

  private Paging() {}

  /**
   * Returns a page of documents that lie in the order of the list.
   *
   * @param list the name of the list, with all that it is restricted to
   * @param after where a list stands behind an item, as the rest of its key
   */
  static <T> Page<T> ofDocuments(
      Records records,
      Kind<T> kind,
      String prefix,
      String list,
      @Nullable String token,
      Function<T, String> after) {
    String from = PageTokens.after(list, token);
    List<T> found = records.list(kind, prefix, from.isEmpty() ? "" : prefix + from, SIZE + 1);
    return cut(found, list, after);
  }

  /**
   * Returns a page of items.
   *
   * @param sorted all of them, in order of what {@code after} says
   */
  static <T> Page<T> ofSorted(
      List<T> sorted,
      Comparator<String> order,
      String list,
      @Nullable String token,
      Function<T, String> after) {
    String from = PageTokens.after(list, token);
    List<T> found =
        sorted.stream()
            .filter(item -> token == null || order.compare(after.apply(item), from) > 0)
            .limit(SIZE + 1L)
            .toList();
    return cut(found, list, after);
  }

  private static <T> Page<T> cut(List<T> found, String list, Function<T, String> after) {
    if (found.size() <= SIZE) {
      return new Page<>(found, null);
    }
    List<T> page = found.subList(0, SIZE);
    return new Page<>(page, PageTokens.of(list, after.apply(page.get(SIZE - 1))));
  }

  /** Returns a page of what is made of the items. */
  static <T, R> Page<R> map(Page<T> page, Function<T, R> mapper) {
    return new Page<>(page.items().stream().map(mapper).toList(), page.nextToken());
  }

  /** Returns an instant as text that sorts as instants do; nothing sorts before the first. */
  static String sortable(@Nullable Instant instant) {
    return instant == null
        ? ""
        : "%020d.%09d".formatted(instant.getEpochSecond(), instant.getNano());
  }
}
