package dev.slipway.provider.onprem;

import dev.slipway.fleet.HostSelector;
import dev.slipway.spi.inventory.Inventory;
import dev.slipway.testkit.InventoryContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OnPremInventoryContractTest extends InventoryContract {

  @TempDir private Path directory;

  @Override
  protected Inventory inventory() {
    try {
      return OnPremInventory.at(
          Files.writeString(
              directory.resolve("hosts.yml"),
              """
              defaults: {tags: {env: prod}}
              groups:
                web: {tags: {role: web}, hosts: ["web-[1-3]"]}
                db: {tags: {role: db}, hosts: [db-1]}
              """));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected HostSelector all() {
    return HostSelector.none().tag("env", "prod");
  }

  @Override
  protected HostSelector some() {
    return HostSelector.none().tag("role", "web");
  }
}
