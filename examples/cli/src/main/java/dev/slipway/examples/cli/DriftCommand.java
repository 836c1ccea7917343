package dev.slipway.examples.cli;

import dev.slipway.domain.DriftReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says which hosts of a deployment group do not run what they should. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = {
      "Says what each host of a deployment group runs, against what the last deployment that"
          + " succeeded wants it to run. With an inventory, hosts that have joined or left the"
          + " group since are told apart."
    })
final class DriftCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(index = "0", paramLabel = "APPLICATION", description = "name of the application")
  private String application = "";

  @Parameters(index = "1", paramLabel = "GROUP", description = "name of the deployment group")
  private String group = "";

  @Mixin private final InventoryOption inventory = new InventoryOption();

  @Mixin private final StateOptions options = new StateOptions();

  DriftCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    StateDirectory state = options.directory(console);
    try (OpenState look = OpenState.looking(state, inventory.open())) {
      DriftReport report = look.deployer().domain().drift(application, group);
      if (options.json()) {
        console.out().println(JsonText.line(DriftText.json(report)));
      } else {
        DriftText.lines(report).forEach(console.out()::println);
      }
      return ExitCode.SUCCEEDED;
    }
  }
}
