package dev.slipway.examples.cli;

import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.domain.KeptConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps deployment configs. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Creates, lists and deletes deployment configs.")
final class ConfigCommand extends KeptCommand {

  ConfigCommand(Console console) {
    super(console);
  }

  @Command(name = "create", description = "Creates a deployment config.")
  int create(
      @Parameters(paramLabel = "NAME") String name,
      @ArgGroup(multiplicity = "1") Floor floor,
      @Mixin StateOptions options) {
    return with(
        options,
        domain -> {
          KeptConfig created = domain.deploymentConfigs().create(name, floor.value(), null);
          print(options, "deploymentConfigId", List.of(created.id()));
        });
  }

  /** How many hosts stay healthy. */
  static final class Floor {

    @Option(names = "--hosts", paramLabel = "N", description = "so many hosts stay healthy")
    private @Nullable Integer hosts;

    @Option(
        names = "--percent",
        paramLabel = "P",
        description = "so many percent of the fleet stay healthy")
    private @Nullable Integer percent;

    @Nullable MinimumHealthyHosts value() {
      if (hosts != null) {
        return MinimumHealthyHosts.hostCount(hosts);
      }
      return percent == null ? null : MinimumHealthyHosts.percent(percent);
    }
  }

  @Command(name = "list", description = "Lists deployment configs, CodeDeploy's own included.")
  int list(@Mixin StateOptions options) {
    return with(
        options,
        domain -> print(options, "deploymentConfigs", all(domain.deploymentConfigs()::list)));
  }

  @Command(name = "delete", description = "Deletes a deployment config that no group names.")
  int delete(@Parameters(paramLabel = "NAME") String name, @Mixin StateOptions options) {
    return with(options, domain -> domain.deploymentConfigs().delete(name));
  }
}
