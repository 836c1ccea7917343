package dev.slipway.examples.cli.file;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.guard.Guards;
import dev.slipway.provider.onprem.OnPremInventory;
import dev.slipway.provider.onprem.settings.Section;
import dev.slipway.provider.onprem.settings.Setting;
import dev.slipway.provider.onprem.settings.SettingsFile;
import dev.slipway.rollout.HostChoice;
import dev.slipway.rollout.Pace;
import dev.slipway.rollout.RolloutOptions;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.rollout.TrafficChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A rollout file that was read and found right. Paths in it start at its directory.
 *
 * @param top the whole file, for messages about what is missing
 * @param target application and deployment group, as far as given
 * @param revision what is deployed, if given; looked for only when it is needed
 * @param hosts where to, if given
 * @param transport how hosts are reached
 * @param pace how fast, and how much may break
 * @param options everything else
 * @param guards what it waits for beside its hosts
 * @param traffic who looks after traffic
 * @param simulation what {@code simulate} deploys to, if given
 */
public record RolloutFile(
    Setting top,
    TargetNames target,
    Optional<RevisionSetting> revision,
    Optional<HostsPart> hosts,
    TransportChoice transport,
    Pace pace,
    RolloutOptions options,
    Guards guards,
    TrafficChoice traffic,
    Optional<SimulationPart> simulation) {

  /**
   * Application and deployment group.
   *
   * @param application name of the application, if given
   * @param deploymentGroup name of the deployment group, if given
   */
  public record TargetNames(Optional<String> application, Optional<String> deploymentGroup) {}

  /**
   * Where the hosts are listed, and which of them are meant.
   *
   * @param inventory an inventory file
   * @param selector which hosts
   * @param order in which order
   * @param place where the file says so
   */
  public record HostsPart(Path inventory, HostSelector selector, HostOrder order, Setting place) {

    /**
     * Returns the inventory.
     *
     * @throws RequestException if it cannot be read or used
     */
    public OnPremInventory open() {
      if (!Files.isRegularFile(inventory)) {
        throw place.wrong(
            "names " + place.shown() + ", but " + inventory + " is no file; name an inventory");
      }
      return OnPremInventory.at(inventory);
    }
  }

  /**
   * Reads a file.
   *
   * @throws RequestException naming place, key, value and remedy of the first thing that is wrong
   */
  public static RolloutFile read(Path file) {
    return parse(file, SettingsFile.read(file));
  }

  static RolloutFile parse(Path file, Setting top) {
    Section all =
        top.section()
            .allow(
                "application",
                "deploymentGroup",
                "revision",
                "hosts",
                "transport",
                "config",
                "batching",
                "strategy",
                "limits",
                "bake",
                "gates",
                "hostGates",
                "approval",
                "alarms",
                "windows",
                "pulse",
                "traffic",
                "blueGreen",
                "fileExistsBehavior",
                "autoRollback",
                "ignoreApplicationStopFailures",
                "appSpecFile",
                "description",
                "onConflict",
                "rollback",
                "preflight",
                "lateJoiners",
                "simulate");
    Path directory = directoryOf(file);
    TargetNames target = new TargetNames(name(all, "application"), name(all, "deploymentGroup"));
    return new RolloutFile(
        top,
        target,
        all.find("revision").map(revision -> new RevisionSetting(directory, revision)),
        all.find("hosts").map(hosts -> HostsSetting.read(directory, hosts)),
        all.find("transport").map(TransportChoice::read).orElse(TransportChoice.SSH),
        PaceSettings.read(all),
        OptionSettings.read(all),
        GuardSettings.read(
            all,
            all.find("strategy")
                .map(strategy -> StrategySetting.read(strategy).checkpoints())
                .orElse(List.of())),
        TrafficSettings.read(all),
        all.find("simulate").map(SimulationPart::read));
  }

  /**
   * Returns what the file asks for, complete.
   *
   * @throws RequestException if something is missing that a deployment needs
   */
  public RolloutSpec spec() {
    HostsPart where = requiredHosts();
    return new RolloutSpec(
        required(target.application(), "application", "name the application, such as \"web\""),
        required(target.deploymentGroup(), "deploymentGroup", "name the group, such as \"prod\""),
        required(revision, "revision", "name a bundle: a directory or an archive").open(),
        new HostChoice(where.selector(), where.order()),
        pace,
        options,
        guards,
        traffic);
  }

  /** Returns where to deploy to, or says that the file does not tell. */
  public HostsPart requiredHosts() {
    return required(hosts, "hosts", "name an inventory: \"hosts: {inventory: hosts.yml}\"");
  }

  private <T> T required(Optional<T> value, String key, String remedy) {
    return value.orElseThrow(() -> top.wrong("has no \"" + key + "\"; " + remedy));
  }

  private static Optional<String> name(Section all, String key) {
    Optional<Setting> setting = all.find(key);
    setting
        .filter(name -> !name.text().matches("[A-Za-z0-9._+=,@-]{1,100}"))
        .ifPresent(
            name -> {
              throw name.wrong(
                  "must be 1 to 100 letters, digits or . _ + = , @ -, but is " + name.shown());
            });
    return setting.map(Setting::text);
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
