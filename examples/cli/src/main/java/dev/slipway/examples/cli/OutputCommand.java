package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Rollout;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the scripts of a rollout print. */
@Command(
    name = "output",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what the scripts of a rollout have printed, as far as it is kept; with --follow, also"
          + " what they print until its end, and then exits as deploy does. An interrupt (Ctrl-C)"
          + " ends the printing and nothing else."
    })
final class OutputCommand implements Callable<Integer> {

  private static final int NAMED_HOSTS = 10;

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(names = "--follow", description = "stay until the end")
  private boolean follow;

  @Option(names = "--host", paramLabel = "HOST", description = "of one host only")
  private @Nullable String host;

  OutputCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      refuseForeign(rollout);
      OutputLines lines = new OutputLines(rollout.id(), console.out(), host, options.json());
      if (!follow) {
        rollout.output().forEach(lines);
        return ExitCode.SUCCEEDED;
      }
      NeededState.warnOfNoDriver(rollout, console.err());
      rollout.onOutput(lines).toCompletableFuture().join();
      return Following.exitCode(rollout.status());
    }
  }

  private void refuseForeign(Rollout rollout) {
    List<String> known = rollout.hosts().stream().map(HostResult::host).map(HostId::value).toList();
    if (host != null && !known.contains(host)) {
      String names = known.stream().limit(NAMED_HOSTS).collect(Collectors.joining(", "));
      throw new RequestException(
          "--host must be one of the %d hosts of %s (%s%s), but is \"%s\""
              .formatted(
                  known.size(),
                  rollout.id(),
                  names,
                  known.size() > NAMED_HOSTS ? ", …" : "",
                  host));
    }
  }
}
