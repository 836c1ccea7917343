package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.host.exec.HostRecords;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes this machine forget which deployment of a group was installed last. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = {
      "Forgets which deployment of a group was installed last, so that the next one runs no"
          + " ApplicationStop of it: for a stop script that fails each time. Its files stay known,"
          + " and are cleaned up by the next deployment."
    })
final class ForgetCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HostRootOptions root = new HostRootOptions();

  @Parameters(paramLabel = "GROUP", description = "the deployment group's id")
  private String group = "";

  ForgetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    HostRecords records = root.records();
    KnownGroups.of(records).require(group);
    console
        .out()
        .println(
            isForgotten(records)
                ? "forgotten: the next deployment of " + group + " stops nothing first"
                : group + " has no last install to forget");
    return ExitCode.SUCCEEDED;
  }

  private boolean isForgotten(HostRecords records) throws InterruptedException {
    try {
      return records.forgetLastInstall(group);
    } catch (IOException e) {
      throw new RequestException("the records of this machine cannot be changed: " + e + ".", e);
    }
  }
}
