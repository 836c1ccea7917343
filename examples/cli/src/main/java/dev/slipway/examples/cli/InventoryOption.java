package dev.slipway.examples.cli;

import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.spi.inventory.Inventory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that may need to know the hosts. */
final class InventoryOption {

  private static final Inventory NO_HOSTS = selector -> List.of();

  @Option(names = "--inventory", paramLabel = "FILE", description = "the hosts, such as hosts.yml")
  private @Nullable Path file;

  /** Returns the inventory, one without hosts if none was given. */
  Inventory open() {
    return file == null ? NO_HOSTS : OnPremInventory.at(file);
  }
}
