package dev.slipway.examples.demo;

import dev.slipway.examples.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

  private final Console console;

  @Option(names = "--keep", description = "keep the hosts' directories and say where they are")
  private boolean keep;

  /** Makes the command. */
  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createTempDirectory("slipway-demo-");
    try {
      return Demo.run(console, directory) ? 0 : 4;
    } finally {
      if (keep) {
        console.out().println("The hosts' directories are in " + directory);
      } else {
        delete(directory);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
