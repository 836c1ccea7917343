package dev.slipway.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The applications that are kept. */
public interface Applications {

  /**
   * Creates one.
   *
   * @param name 1 to 100 letters, digits and {@code . _ + = , @ -}
   */
  Application create(String name);

  /** Returns one. */
  Application get(String name);

  /** Returns several, at most 100; those that are not kept are left out. */
  List<Application> get(List<String> names);

  /**
   * Returns names in order.
   *
   * @param nextToken of the page before, or null for the first
   */
  Page<String> list(@Nullable String nextToken);

  /** Gives one another name; all that belongs to it stays. */
  Application rename(String name, String newName);

  /**
   * Deletes one with its deployment groups, revisions and deployments; an active deployment is
   * stopped. Bundles and what is on hosts stay. Deleting what is not kept does nothing.
   */
  void delete(String name);
}
