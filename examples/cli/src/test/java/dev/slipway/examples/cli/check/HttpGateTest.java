package dev.slipway.examples.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.spi.gate.HealthGate;
import dev.slipway.testkit.HealthGateContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page that must answer, as a gate. */
class HttpGateTest extends HealthGateContract {

  private HttpServer server;
  private HealthGate gate;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isWell = exchange.getRequestURI().getPath().endsWith("/well");
          exchange.sendResponseHeaders(isWell ? 204 : 503, -1);
          exchange.close();
        });
    server.start();
    gate = new HttpGate("http://127.0.0.1:" + server.getAddress().getPort() + "/{host}");
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Override
  protected HealthGate gate() {
    return gate;
  }

  @Override
  protected Host well() {
    return host("web-1", "well");
  }

  @Override
  protected Host unwell() {
    return host("web-2", "sick");
  }

  private static Host host(String name, String address) {
    return new Host(new HostId(name), address, "", Map.of(), Map.of());
  }

  @Test
  void a_page_that_nobody_serves_is_asked_for_again() {
    server.stop(0);

    assertThat(gate.check(question(well())).kind()).isEqualTo(GateAnswer.Kind.NOT_YET);
  }

  @Test
  void a_page_of_one_host_says_nothing_of_a_fleet() {
    assertThat(gate.check(question(null)).why()).contains("use it with \"hostGates\"");
  }

  @Test
  void what_is_no_address_is_refused_before_anybody_is_asked() {
    for (String address : List.of("web-1/health", "ftp://{host}/", "http://{host} /")) {
      assertThatThrownBy(() -> new HttpGate(address))
          .isInstanceOf(RequestException.class)
          .hasMessageContaining(address);
    }
  }

  private static GateQuestion question(@Nullable Host host) {
    return new GateQuestion(
        new DeploymentId("d-ABCDEFGHI"),
        "web",
        "prod",
        new RevisionId("a".repeat(64)),
        host,
        List.of());
  }
}
