package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.host.exec.HostRecords;
import dev.slipway.host.exec.HostStatus;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what deployments have left on this machine. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says what deployments have left on this machine: groups, their last install and download,"
          + " whether their files are complete and what repairs them, events that run or were cut"
          + " off, revisions that are kept, and where all logs are. Changes nothing."
    })
final class HostStatusCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HostRootOptions root = new HostRootOptions();

  @Option(names = "--json", description = "answer with one JSON document")
  private boolean json;

  HostStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    show(root.records(), json, console);
    return ExitCode.SUCCEEDED;
  }

  /** Returns what is there. */
  static HostStatus read(HostRecords records) {
    try {
      return records.status();
    } catch (IOException e) {
      throw new RequestException("the deployment root cannot be read: " + e + ".", e);
    }
  }

  /** Shows what is there. */
  static void show(HostRecords records, boolean json, Console console) {
    HostStatus status = read(records);
    if (json) {
      console.out().println(JsonText.line(HostStatusJson.of(status)));
    } else {
      HostStatusText.of(status).forEach(console.out()::println);
    }
  }
}
