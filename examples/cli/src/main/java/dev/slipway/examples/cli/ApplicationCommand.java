package dev.slipway.examples.cli;

import dev.slipway.domain.Application;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps applications. */
@Command(
    name = "application",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Creates, lists, renames and deletes applications.")
final class ApplicationCommand extends KeptCommand {

  ApplicationCommand(Console console) {
    super(console);
  }

  @Command(name = "create", description = "Creates an application.")
  int create(@Parameters(paramLabel = "NAME") String name, @Mixin StateOptions options) {
    return with(
        options,
        domain -> {
          Application created = domain.applications().create(name);
          print(options, "applicationId", List.of(created.id()));
        });
  }

  @Command(name = "list", description = "Lists applications.")
  int list(@Mixin StateOptions options) {
    return with(
        options, domain -> print(options, "applications", all(domain.applications()::list)));
  }

  @Command(name = "rename", description = "Gives an application another name.")
  int rename(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "NEW") String newName,
      @Mixin StateOptions options) {
    return with(options, domain -> domain.applications().rename(name, newName));
  }

  @Command(
      name = "delete",
      description =
          "Deletes an application with its groups, revisions and history, and stops what runs.")
  int delete(@Parameters(paramLabel = "NAME") String name, @Mixin StateOptions options) {
    return with(options, domain -> domain.applications().delete(name));
  }
}
