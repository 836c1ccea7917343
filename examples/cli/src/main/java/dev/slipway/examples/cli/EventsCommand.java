package dev.slipway.examples.cli;

import dev.slipway.event.RecordedEvent;
import dev.slipway.examples.screen.RolloutScreen;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what has happened in a rollout. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what has happened in a rollout; with --follow, until its end, and then exits as deploy"
          + " does. An interrupt (Ctrl-C) ends the telling and nothing else."
    })
final class EventsCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--follow", description = "stay until the end, that of a rollback included")
  private boolean follow;

  EventsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      if (follow) {
        NeededState.warnOfNoDriver(rollout, console.err());
        return new Following(console, options.json()).onlooking(rollout);
      }
      rollout.recorded().forEach(shown(rollout));
      return ExitCode.SUCCEEDED;
    }
  }

  private Consumer<RecordedEvent> shown(Rollout rollout) {
    return options.json()
        ? new EventJson(rollout.id(), console.out())
        : new RolloutScreen(console, rollout.hosts().stream().map(HostResult::host).toList());
  }
}
