package dev.slipway.examples.cli.check;

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
 * @param line of the shell; its arguments are the addresses of the hosts that are meant
 */
record CommandGate(String line) implements HealthGate {

  private static final int TRY_AGAIN = 75;
  private static final Duration AGAIN = Duration.ofSeconds(5);

  @Override
  public GateAnswer check(GateQuestion question) {
    Host one = question.host();
    List<Host> hosts = one == null ? question.updated() : List.of(one);
    try {
      Programs.Ended ended =
          Programs.run(
              line,
              hosts.stream().map(Host::address).toList(),
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
