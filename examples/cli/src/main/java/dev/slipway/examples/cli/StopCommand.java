package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.StopReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a rollout to stop. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Asks a rollout to stop: lifecycle events that run are completed, and nothing new starts."
          + " Returns at once, unless it shall wait. When no process drives the rollout, the"
          + " request is kept until one does (slipway continue), and is not waited for.",
      "With --wait, exits with 0 once the rollout is over, however it ended, and with 1 when it is"
          + " not over in time; then it says who is still busy."
    })
final class StopCommand implements Callable<Integer> {

  private static final Pattern GRACE = Pattern.compile("(\\d{1,6})(s|m|h)");

  /** How long a rollout may take to be over after its grace: the engine's 10 seconds, and a few. */
  private static final Duration SETTLING = Duration.ofSeconds(15);

  private final Console console;

  @Mixin private final OneRollout options = new OneRollout();

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = {
        "how long running events may go on, such as 30s or 5m; then they are ended by force, and"
            + " their hosts have failed; without it they go on until they end"
      })
  private @Nullable String grace;

  @Option(
      names = "--wait",
      description = {
        "stay until the rollout is over; with a grace, at most that and 15 seconds, in which hosts"
            + " say how what was ended by force has ended"
      })
  private boolean wait;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
  private String reason = "";

  StopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Duration bound = grace == null ? null : duration(grace);
    try (OpenState look = OpenState.looking(options.directory(console))) {
      Rollout rollout = look.rollout(options.id());
      NeededState.unfinished(rollout);
      boolean isDriven = bound == null ? rollout.stop(reason) : rollout.stop(bound, reason);
      RequestText text = new RequestText(console, options.json());
      if (wait && isDriven) {
        return await(rollout, bound, text);
      }
      text.say(rollout, "stop", isDriven);
      return wait ? ExitCode.FAILED : ExitCode.SUCCEEDED;
    }
  }

  private static int await(Rollout rollout, @Nullable Duration bound, RequestText text) {
    StopReport report =
        rollout.awaitStop(bound == null ? Following.FOR_EVER : bound.plus(SETTLING));
    text.say(rollout, report);
    return report.isOver() ? ExitCode.SUCCEEDED : ExitCode.FAILED;
  }

  private static Duration duration(String text) {
    Matcher form = GRACE.matcher(text);
    if (!form.matches()) {
      throw new RequestException(
          "--grace must be a number and s, m or h, such as 30s, but is \"" + text + "\"");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
