package dev.slipway.examples.cli;

import dev.slipway.host.local.LocalDeployment;
import dev.slipway.host.local.SystemLocalIds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Deploys on this machine, with the arguments, texts and exit codes of codedeploy-local. */
@Command(
    name = "local",
    description = "Deploys on this machine, as codedeploy-local does; see slipway local --help.")
final class LocalCommand implements Callable<Integer> {

  private final Console console;

  /** All of them: they are not ours but those of codedeploy-local. */
  @Unmatched private List<String> arguments = new ArrayList<>();

  LocalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new LocalDeployment(
            console.out(),
            console.err(),
            console.environment(),
            Path.of("").toAbsolutePath(),
            Clock.systemUTC(),
            ZoneId.systemDefault(),
            new SystemLocalIds())
        .run(arguments);
  }
}
