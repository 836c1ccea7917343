package dev.slipway.engine.driver;

import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.GroupPage;

/** Reads and writes what the engine keeps of a deployment group between its rollouts. */
public final class GroupBookKeeper {

  private GroupBookKeeper() {}

  /** Returns the book of the group, an empty one before its first rollout. */
  public static GroupBook read(GroupBooks books, RolloutRecord.Work work) {
    return read(books, work.application(), work.deploymentGroup());
  }

  /** Returns the book of the group, an empty one before its first rollout. */
  public static GroupBook read(GroupBooks books, String application, String deploymentGroup) {
    return opened(books, application, deploymentGroup).content().book();
  }

  /** Returns a generation for host locks that is higher than all before it, and keeps that. */
  public static long nextGeneration(GroupBooks books, RolloutRecord.Work work) {
    while (true) {
      Opened opened = opened(books, work);
      long generation = opened.content().generation() + 1;
      try {
        books.write(opened.next(work, new Content(generation, opened.content().book())));
        return generation;
      } catch (StoreException e) {
        if (e.reason() != Reason.CONFLICT) {
          throw e;
        }
      }
    }
  }

  static Opened opened(GroupBooks books, RolloutRecord.Work work) {
    return opened(books, work.application(), work.deploymentGroup());
  }

  private static Opened opened(GroupBooks books, String application, String deploymentGroup) {
    return books
        .read(application, deploymentGroup)
        .map(page -> new Opened(page.version(), Json.read(page.document(), Content.class)))
        .orElse(new Opened(0, new Content(0, GroupBook.EMPTY)));
  }

  /**
   * What a page says.
   *
   * @param generation the highest of the host locks so far
   * @param book how hosts fared
   */
  record Content(long generation, GroupBook book) {}

  /** A page as it was read, with its version, or 0 if there is none yet. */
  record Opened(long version, Content content) {

    /** Returns the page that may follow this one. */
    GroupPage next(RolloutRecord.Work work, Content content) {
      return new GroupPage(
          work.application(), work.deploymentGroup(), version + 1, Json.write(content));
    }
  }
}
