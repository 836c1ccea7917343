package dev.slipway.examples.cli;

import dev.slipway.domain.DeploymentGroup;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps deployment groups. */
@Command(
    name = "group",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Creates, shows, changes and deletes deployment groups.")
final class GroupCommand extends KeptCommand {

  GroupCommand(Console console) {
    super(console);
  }

  @Command(name = "create", description = "Creates a deployment group.")
  int create(
      @Parameters(paramLabel = "APPLICATION") String application,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin GroupOptions settings,
      @Mixin StateOptions options) {
    return with(
        options,
        domain -> {
          DeploymentGroup created =
              domain.deploymentGroups().create(application, name, settings.given());
          print(options, "deploymentGroupId", List.of(created.id()));
        });
  }

  @Command(name = "list", description = "Lists the deployment groups of an application.")
  int list(
      @Parameters(paramLabel = "APPLICATION") String application, @Mixin StateOptions options) {
    return with(
        options,
        domain ->
            print(
                options,
                "deploymentGroups",
                all(token -> domain.deploymentGroups().list(application, token))));
  }

  @Command(name = "show", description = "Shows a deployment group.")
  int show(
      @Parameters(paramLabel = "APPLICATION") String application,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin StateOptions options) {
    return with(
        options,
        domain -> {
          DeploymentGroup group = domain.deploymentGroups().get(application, name);
          if (options.json()) {
            console().out().println(JsonText.line(GroupText.json(group)));
          } else {
            GroupText.lines(group).forEach(console().out()::println);
          }
        });
  }

  @Command(
      name = "update",
      description = "Changes what is given of a deployment group, for later deployments.")
  int update(
      @Parameters(paramLabel = "APPLICATION") String application,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin GroupOptions settings,
      @Mixin StateOptions options) {
    return with(
        options, domain -> domain.deploymentGroups().update(application, name, settings.given()));
  }

  @Command(name = "rename", description = "Gives a deployment group another name.")
  int rename(
      @Parameters(paramLabel = "APPLICATION") String application,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "NEW") String newName,
      @Mixin StateOptions options) {
    return with(options, domain -> domain.deploymentGroups().rename(application, name, newName));
  }

  @Command(name = "delete", description = "Deletes a deployment group, and stops what runs.")
  int delete(
      @Parameters(paramLabel = "APPLICATION") String application,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin StateOptions options) {
    return with(options, domain -> domain.deploymentGroups().delete(application, name));
  }
}
