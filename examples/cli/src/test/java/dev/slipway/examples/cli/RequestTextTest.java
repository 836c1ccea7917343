package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.HostId;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RunningHost;
import dev.slipway.rollout.StopReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestTextTest {

  private static final StopReport BUSY =
      new StopReport(
          null,
          List.of(
              new RunningHost(
                  new HostId("web-1"),
                  LifecycleEvent.INSTALL,
                  1,
                  Instant.parse("2026-03-01T12:00:00Z"),
                  true,
                  Instant.parse("2026-03-01T13:00:00Z"))));

  private final StringWriter out = new StringWriter();

  @Test
  void a_stop_that_is_not_over_in_time_names_who_is_busy() {
    text(false).say(stopping(), BUSY);

    assertThat(out.toString().lines())
        .containsExactly(
            "d-ABCDEF123 is not over yet; hosts that are still busy:",
            "  web-1 runs Install since 2026-03-01T12:00:00Z, until 2026-03-01T13:00:00Z at the"
                + " latest");
  }

  @Test
  void it_does_so_in_one_line_of_json() {
    text(true).say(stopping(), BUSY);

    ObjectNode answer = JsonText.parsed(out.toString());
    assertThat(answer.get("over").asBoolean()).isFalse();
    assertThat(answer.get("status").asText()).isEqualTo("InProgress");
    assertThat(answer.get("running").get(0).get("host").asText()).isEqualTo("web-1");
  }

  private RequestText text(boolean json) {
    PrintWriter writer = new PrintWriter(out, true);
    return new RequestText(new Console(writer, writer, Map.of()), json);
  }

  private static Rollout stopping() {
    Map<String, Object> answers =
        Map.of(
            "id",
            new DeploymentId("d-ABCDEF123"),
            "isDriven",
            true,
            "status",
            DeploymentStatus.IN_PROGRESS);
    return (Rollout)
        Proxy.newProxyInstance(
            Rollout.class.getClassLoader(),
            new Class<?>[] {Rollout.class},
            (proxy, method, arguments) -> answers.get(method.getName()));
  }
}
