package dev.slipway.examples.cli;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.OnConflict;
import dev.slipway.domain.DeploymentInfo;
import dev.slipway.domain.DeploymentQuery;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.DeploymentRequestBuilder;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.examples.cli.file.TransportChoice;
import dev.slipway.rollout.Rollout;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deploys to groups that are kept, and shows deployments. */
@Command(
    name = "deployment",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Creates, lists, shows and stops deployments of groups that are kept.")
final class DeploymentCommand extends KeptCommand {

  DeploymentCommand(Console console) {
    super(console);
  }

  @Command(
      name = "create",
      description = "Deploys a revision to a group that is kept, and stays until the end.")
  int create(
      @Parameters(paramLabel = "APPLICATION") String application,
      @Parameters(paramLabel = "GROUP") String group,
      @Parameters(paramLabel = "REVISION", description = "a directory or an archive") Path revision,
      @Option(names = "--description", paramLabel = "TEXT", defaultValue = "") String description,
      @Option(
              names = "--on-conflict",
              paramLabel = "POLICY",
              description =
                  "what becomes of it while the group has an active deployment:"
                      + " ${COMPLETION-CANDIDATES} (as the group says)")
          @Nullable OnConflict onConflict,
      @Option(
              names = "--in-process",
              description = "hosts are directories on this machine, and not reached over SSH")
          boolean inProcess,
      @Mixin InventoryOption inventory,
      @Mixin StateOptions options) {
    try (OpenState state =
        OpenState.driving(
            options.directory(console()),
            Transports.reached(
                inProcess ? TransportChoice.IN_PROCESS : TransportChoice.SSH, inventory.open()))) {
      DeploymentRequestBuilder request =
          DeploymentRequest.to(application, group)
              .revision(RevisionLocation.local(revision.toAbsolutePath().normalize().toString()))
              .description(description);
      if (onConflict != null) {
        request.onConflict(onConflict);
      }
      Rollout rollout =
          state.deployer().attach(state.deployer().domain().deployments().create(request.build()));
      return new Following(console(), options.json()).responsible(rollout);
    }
  }

  @Command(name = "list", description = "Lists deployments, newest first.")
  int list(
      @Parameters(paramLabel = "APPLICATION", arity = "0..1") @Nullable String application,
      @Parameters(paramLabel = "GROUP", arity = "0..1") @Nullable String group,
      @Mixin StateOptions options) {
    return with(
        options,
        domain -> {
          DeploymentQuery query = new DeploymentQuery(application, group, Set.of(), null, null);
          print(
              options,
              "deployments",
              all(token -> domain.deployments().list(query, token)).stream()
                  .map(DeploymentId::value)
                  .toList());
        });
  }

  @Command(name = "show", description = "Shows a deployment.")
  int show(@Parameters(paramLabel = "ID") String id, @Mixin StateOptions options) {
    return with(
        options,
        domain -> {
          DeploymentInfo info = domain.deployments().get(id);
          if (options.json()) {
            console().out().println(JsonText.line(DeploymentText.json(info)));
          } else {
            DeploymentText.lines(info).forEach(console().out()::println);
          }
        });
  }
}
