package dev.slipway.testkit.fleet;

import dev.slipway.failure.StoreException;
import dev.slipway.failure.StoreException.Reason;
import dev.slipway.spi.store.GroupBooks;
import dev.slipway.spi.store.GroupPage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Books of groups, in memory. Not thread-safe. */
final class MemoryBooks implements GroupBooks {

  private final Map<String, GroupPage> pages = new LinkedHashMap<>();

  @Override
  public Optional<GroupPage> read(String application, String deploymentGroup) {
    return Optional.ofNullable(pages.get(application + "/" + deploymentGroup));
  }

  @Override
  public void write(GroupPage page) {
    String name = page.application() + "/" + page.deploymentGroup();
    long kept = read(page.application(), page.deploymentGroup()).map(GroupPage::version).orElse(0L);
    if (page.version() != kept + 1) {
      throw new StoreException(
          Reason.CONFLICT,
          "group %s is at version %d, so %d cannot follow".formatted(name, kept, page.version()));
    }
    pages.put(name, page);
  }
}
