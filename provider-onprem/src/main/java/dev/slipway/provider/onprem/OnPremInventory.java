package dev.slipway.provider.onprem;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostSelector;
import dev.slipway.provider.onprem.settings.SettingsFile;
import dev.slipway.spi.inventory.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The hosts that a YAML file lists, in its order.
 *
 * <pre>
 * defaults:
 *   user: deploy
 *   identityFile: ~/.ssh/id_ed25519     # relative paths start at this file's directory
 *   tags: {env: prod}
 * groups:
 *   web:
 *     tags: {role: web}
 *     zone: [a, b, c]                   # hosts of one entry take turns
 *     hosts:
 *       - name: web-[001-300]           # 300 hosts
 *         address: 10.0.1.[1-300]       # counts along
 *         hostRoot: /srv/{name}
 * hosts:
 *   - db-1                              # name and address in one
 *   - {name: db-2, address: 10.0.2.2, port: 2222, tags: {role: db}}
 * </pre>
 *
 * <p>What a host says itself wins over its group, and that over the defaults; tags and settings are
 * joined key by key. Every host also has the tag {@value #NAME_TAG}, its name, unless it sets one.
 * The keys {@code user}, {@code port}, {@code identityFile}, {@code passphrase}, {@code sudo},
 * {@code knownHosts}, {@code hostKeyChecking} ({@code strict} or {@code accept-new}), {@code
 * adopt}, {@code hostRoot} and {@code deploymentRoot} become {@link Host#settings()} of the same
 * names; what a transport of one's own needs besides stands under {@code settings}. A passphrase
 * never stands in the file: {@code passphrase: {env: NAME}} or {@code {file: PATH}} becomes the
 * setting {@code passphrase} with the value {@code env:NAME} or {@code file:PATH}, which the
 * transport resolves when it needs it.
 *
 * <p>Thread-safe: it holds nothing but the file's name, and reads the file for every snapshot.
 */
public final class OnPremInventory implements Inventory {

  /** The tag that every host has: its name. */
  public static final String NAME_TAG = "name";

  private final Path file;

  private OnPremInventory(Path file) {
    this.file = file;
  }

  /**
   * Returns the inventory in that file.
   *
   * @param file a YAML file
   * @throws RequestException if it cannot be read or used, with the place and the remedy
   */
  public static OnPremInventory at(Path file) {
    OnPremInventory inventory = new OnPremInventory(file);
    inventory.hosts();
    return inventory;
  }

  /**
   * Returns all hosts, in the order of the file.
   *
   * @throws RequestException if the file cannot be read or used any more
   */
  public List<Host> hosts() {
    return read().stream().map(InventoryReader.Read::host).toList();
  }

  private List<InventoryReader.Read> read() {
    return new InventoryReader(file).read(SettingsFile.read(file));
  }

  /**
   * Checks the settings of hosts as only the transport can that reaches them.
   *
   * @param which which hosts it reaches
   * @param faults returns what is wrong with the settings of a host, by key
   * @throws RequestException if something is, with the place of the first that is
   */
  public void check(
      Predicate<Host> which, Function<Map<String, String>, SortedMap<String, String>> faults) {
    for (InventoryReader.Read each : read()) {
      if (which.test(each.host())) {
        faults
            .apply(each.host().settings())
            .forEach(
                (key, problem) -> {
                  throw each.wrong(key, problem);
                });
      }
    }
  }

  @Override
  public List<Host> snapshot(HostSelector selector) {
    return hosts().stream().filter(selector::matches).toList();
  }

  @Override
  public String toString() {
    return "OnPremInventory[" + file + "]";
  }
}
