package dev.slipway.examples.demo;

import dev.slipway.examples.cli.Console;
import dev.slipway.examples.cli.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what Slipway does, on this machine alone. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts eight SSH servers in this process, deploys a small web service to them, lets a host"
          + " fail within the budget, then deploys a bad revision, which is stopped and rolled"
          + " back.",
      "Needs neither root nor a network. Exits 0 when everything went as it must."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int HOSTS = 8;

  private final Console console;

  @Option(names = "--keep", description = "keep the hosts' directories and say where they are")
  private boolean keep;

  /** Makes the command. */
  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    InstantSource clock = InstantSource.system();
    Instant begin = clock.instant();
    boolean isAsItMust;
    try (DemoStage stage = DemoStage.build(HOSTS, keep)) {
      isAsItMust = Demo.run(console, stage);
      if (keep) {
        console.out().println("The hosts' directories are in " + stage.directory());
      }
    }
    console
        .out()
        .printf(
            "%s, in %d s. Nothing of it runs any more.%n",
            isAsItMust ? "All went as it must" : "Not all went as it must",
            Duration.between(begin, clock.instant()).toSeconds());
    return isAsItMust ? ExitCode.SUCCEEDED : ExitCode.BROKEN;
  }
}
