package dev.slipway.examples.cli;

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
  public Integer call() throws IOException, InterruptedException {
    HostRecords records = root.records();
    KnownGroups.of(records).require(group);
    boolean forgotten = records.forgetLastInstall(group);
    console
        .out()
        .println(
            forgotten
                ? "forgotten: the next deployment of " + group + " stops nothing first"
                : group + " has no last install to forget");
    return ExitCode.SUCCEEDED;
  }
}
