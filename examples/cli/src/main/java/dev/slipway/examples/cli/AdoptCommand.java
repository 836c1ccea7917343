package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.host.exec.HostRecords;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands what one group has installed on this machine to another. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Makes what one group has installed that of another, whose next deployment then removes it:"
          + " for groups that were made anew under another id, and for files that change hands. A"
          + " group without an install of its own takes over the last revision too, whose"
          + " ApplicationStop then runs."
    })
final class AdoptCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HostRootOptions root = new HostRootOptions();

  @Parameters(paramLabel = "GROUP", description = "the id of the group that gets it")
  private String group = "";

  @Option(
      names = "--from",
      paramLabel = "OTHER",
      required = true,
      description = "the id of the group whose it is")
  private String other = "";

  AdoptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (group.equals(other)) {
      throw new RequestException("GROUP and --from are the same group " + group + ".");
    }
    HostRecords records = root.records();
    KnownGroups.of(records).require(other);
    console
        .out()
        .println(
            "%d files and directories of %s are now those of %s"
                .formatted(adopted(records), other, group));
    return ExitCode.SUCCEEDED;
  }

  private int adopted(HostRecords records) throws InterruptedException {
    try {
      return records.adopt(group, other);
    } catch (IOException e) {
      throw new RequestException("the records of this machine cannot be changed: " + e + ".", e);
    }
  }
}
