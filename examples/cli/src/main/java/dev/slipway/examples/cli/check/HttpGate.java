package dev.slipway.examples.cli.check;

import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.gate.HealthGate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Passes when a page answers with 200 to 299; until then it cannot be said. */
final class HttpGate implements HealthGate {

  private static final String HOST = "{host}";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int NO_LONGER_OK = 300;

  private final String address;

  /**
   * Makes one.
   *
   * @param address of the page; {@code {host}} in it is the address of the host that is meant
   */
  HttpGate(String address) {
    this.address = address;
    page("localhost");
  }

  @Override
  public GateAnswer check(GateQuestion question) {
    Host host = question.host();
    if (host == null && address.contains(HOST)) {
      return GateAnswer.refused(
          "{host} in " + address + " means one host: use it with \"hostGates\"");
    }
    URI page = page(host == null ? "" : host.address());
    HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
    try {
      int status =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return status >= OK && status < NO_LONGER_OK
          ? GateAnswer.passed()
          : GateAnswer.notYet(page + " answers " + status, AGAIN);
    } catch (IOException e) {
      return GateAnswer.notYet(page + " does not answer: " + e, AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return GateAnswer.notYet(page + " was not waited for", AGAIN);
    }
  }

  private URI page(String host) {
    URI page;
    try {
      page = URI.create(address.replace(HOST, host));
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          "an address such as http://{host}:8080/ is needed, not " + address);
    }
    if (!"http".equals(page.getScheme()) && !"https".equals(page.getScheme())) {
      throw new RequestException("an http or https address is needed, but was " + address);
    }
    return page;
  }
}
