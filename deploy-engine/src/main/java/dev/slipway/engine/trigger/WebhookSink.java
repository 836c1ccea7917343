package dev.slipway.engine.trigger;

import dev.slipway.spi.trigger.PayloadForm;
import dev.slipway.spi.trigger.TriggerMessage;
import dev.slipway.spi.trigger.TriggerSink;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * Posts messages to webhooks: targets are {@code http} and {@code https} URLs. Any answer of 200 to
 * 299 means that the message has arrived; redirections are not followed. The type of event and the
 * message's key travel as {@code Slipway-Event} and {@code Slipway-Message}, so that a receiver can
 * tell a repetition.
 *
 * <p>Thread-safe.
 */
public final class WebhookSink implements TriggerSink {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PayloadForm form;
  private final HttpClient client;

  private WebhookSink(PayloadForm form) {
    this.form = form;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Returns a sink that writes messages so. */
  public static WebhookSink of(PayloadForm form) {
    return new WebhookSink(form);
  }

  @Override
  public boolean accepts(String target) {
    try {
      URI uri = URI.create(target);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Says of the target no more than its host: paths of webhooks are often secret. */
  @Override
  public void publish(TriggerMessage message) throws IOException, InterruptedException {
    URI target = URI.create(message.target());
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Slipway-Event", message.type().wireName())
            .header("Slipway-Message", URLEncoder.encode(message.key(), StandardCharsets.UTF_8))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Objects.requireNonNull(message.payloads().get(form), "every form is there"),
                    StandardCharsets.UTF_8))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status < 200 || status > 299) {
      throw new IOException("the webhook at " + target.getHost() + " answered " + status);
    }
  }
}
