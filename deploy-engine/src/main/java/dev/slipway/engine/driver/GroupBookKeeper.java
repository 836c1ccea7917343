package dev.slipway.engine.driver;

import dev.slipway.engine.core.GroupBook;
import dev.slipway.engine.core.RolloutState;
import dev.slipway.engine.journal.Json;
import dev.slipway.spi.store.GroupBooks;

/** Reads and writes what the engine keeps of a deployment group between its rollouts. */
public final class GroupBookKeeper {

  private final GroupBooks books;
  private final RolloutRecord.Work work;

  GroupBookKeeper(GroupBooks books, RolloutRecord.Work work) {
    this.books = books;
    this.work = work;
  }

  /** Returns the book of the group, an empty one before its first rollout. */
  public static GroupBook read(GroupBooks books, RolloutRecord.Work work) {
    return page(books, work).book();
  }

  /** Returns a generation for host locks that is higher than all before it, and keeps that. */
  public static long nextGeneration(GroupBooks books, RolloutRecord.Work work) {
    Page page = page(books, work);
    long generation = page.generation() + 1;
    write(books, work, new Page(generation, page.book()));
    return generation;
  }

  /** Enters how a rollout ended; entering it again changes nothing. */
  void enter(RolloutState ended) {
    Page page = page(books, work);
    write(books, work, new Page(page.generation(), page.book().after(ended, work.revision())));
  }

  private static Page page(GroupBooks books, RolloutRecord.Work work) {
    return books
        .read(work.application(), work.deploymentGroup())
        .map(document -> Json.read(document, Page.class))
        .orElse(new Page(0, GroupBook.EMPTY));
  }

  private static void write(GroupBooks books, RolloutRecord.Work work, Page page) {
    books.write(work.application(), work.deploymentGroup(), Json.write(page));
  }

  private record Page(long generation, GroupBook book) {}
}
