package dev.slipway.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param items in order; may be empty
 * @param nextToken asks for the part that follows, or null at the end
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {

  /** Copies the list in. */
  public Page {
    items = List.copyOf(items);
  }
}
