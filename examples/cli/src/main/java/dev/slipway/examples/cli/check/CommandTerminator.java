package dev.slipway.examples.cli.check;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.termination.HostTerminator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A program that is told {@code terminate} and finds the addresses of hosts on its standard input,
 * one to a line. It ends with 0; with 75 it is away and told again; with any other code it refuses.
 *
 * @param line of the shell
 */
record CommandTerminator(String line) implements HostTerminator {

  private static final int TRY_AGAIN = 75;
  private static final String VERB = "terminate";

  /** Refuses a line that names no program: what it is told would be run as one. */
  CommandTerminator {
    if (line.isBlank()) {
      throw new RequestException("terminate needs a program: name one, such as ./power-off.sh");
    }
  }

  @Override
  public void terminate(List<Host> hosts, String key) {
    Programs.Ended ended = run(hosts.stream().map(Host::address).toList(), key);
    if (ended.code() == TRY_AGAIN) {
      throw new IllegalStateException(failure(ended));
    }
    if (ended.code() != 0) {
      throw new RequestException(failure(ended));
    }
  }

  private String failure(Programs.Ended ended) {
    return "%s %s ended with %d: %s".formatted(line, VERB, ended.code(), ended.output());
  }

  private Programs.Ended run(List<String> addresses, String key) {
    try {
      return Programs.run(line, List.of(VERB), addresses, Map.of("TERMINATION_KEY", key));
    } catch (IOException e) {
      throw new IllegalStateException(line + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(line + " " + VERB + " took too long", e);
    }
  }
}
