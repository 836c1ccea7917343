package dev.slipway.engine.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.domain.TriggerEventType;
import dev.slipway.spi.trigger.PayloadForm;
import dev.slipway.spi.trigger.TriggerMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class WebhookSinkTest {

  private static final Map<PayloadForm, String> PAYLOADS =
      Map.of(PayloadForm.DOCUMENTED, "{\"form\":\"d\"}", PayloadForm.OBSERVED, "{\"form\":\"ö\"}");

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook/secret", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    keys.add(
        exchange.getRequestHeaders().getFirst("Slipway-Event")
            + " "
            + exchange.getRequestHeaders().getFirst("Slipway-Message"));
    exchange.getResponseHeaders().add("Location", "/hook/secret");
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private TriggerMessage message() {
    return new TriggerMessage(
        "d-AAAAAAAAA/1/über mich",
        "tell",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook/secret",
        TriggerEventType.DEPLOYMENT_START,
        new DeploymentId("d-AAAAAAAAA"),
        PAYLOADS);
  }

  @Test
  void a_message_is_posted_in_the_form_of_the_sink_with_its_key() throws Exception {
    WebhookSink.of(PayloadForm.DOCUMENTED).publish(message());
    WebhookSink.of(PayloadForm.OBSERVED).publish(message());

    assertThat(bodies).containsExactly("{\"form\":\"d\"}", "{\"form\":\"ö\"}");
    assertThat(keys).containsOnly("DeploymentStart d-AAAAAAAAA%2F1%2F%C3%BCber+mich");
  }

  @Test
  void any_other_answer_than_success_is_a_failure_that_does_not_tell_the_path() {
    for (int code : new int[] {302, 400, 500}) {
      answer = code;
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> WebhookSink.of(PayloadForm.DOCUMENTED).publish(message()))
          .withMessageContaining("answered " + code)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }
    assertThat(bodies).hasSize(3);
  }

  @Test
  void nobody_who_listens_is_a_failure() {
    TriggerMessage message = message();
    server.stop(0);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> WebhookSink.of(PayloadForm.DOCUMENTED).publish(message));
  }

  @Test
  void targets_are_urls_of_webhooks() {
    WebhookSink sink = WebhookSink.of(PayloadForm.DOCUMENTED);

    assertThat(List.of("http://host/x", "HTTPS://host")).allMatch(sink::accepts);
    assertThat(List.of("arn:aws:sns:eu-west-1:1:t", "file:///etc/x", "http:///x", "no url", ""))
        .noneMatch(sink::accepts);
  }
}
