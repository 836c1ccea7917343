package dev.slipway.examples.cli.check;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.gate.HealthGate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Passes when a program ends with 0; cannot say yet when it ends with 75, as sendmail's programs
 * do; refuses with any other code.
 *
 * @param line of the shell; it finds the addresses of the hosts that are meant on its standard
 *     input, one to a line, and the address of a single one as its argument too
 */
record CommandGate(String line) implements HealthGate {

  private static final int TRY_AGAIN = 75;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Refuses a line that names no program: the first host would be run as one. */
  CommandGate {
    if (line.isBlank()) {
      throw new RequestException("a gate needs a program: name one, such as ./smoke-test.sh");
    }
  }

  @Override
  public GateAnswer check(GateQuestion question) {
    Host one = question.host();
    List<String> addresses =
        (one == null ? question.updated() : List.of(one)).stream().map(Host::address).toList();
    try {
      Programs.Ended ended =
          Programs.run(
              line,
              one == null ? List.of() : addresses,
              addresses,
              Map.of(
                  "DEPLOYMENT_ID", question.deployment().value(),
                  "APPLICATION_NAME", question.application(),
                  "DEPLOYMENT_GROUP_NAME", question.deploymentGroup()));
      return switch (ended.code()) {
        case 0 -> GateAnswer.passed();
        case TRY_AGAIN -> GateAnswer.notYet(ended.output(), AGAIN);
        default -> GateAnswer.refused("exit code " + ended.code() + ": " + ended.output());
      };
    } catch (IOException e) {
      return GateAnswer.notYet(line + " cannot be run: " + e.getMessage(), AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return GateAnswer.notYet(line + " took too long", AGAIN);
    }
  }
}
