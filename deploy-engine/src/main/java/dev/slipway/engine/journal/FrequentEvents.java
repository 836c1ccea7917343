package dev.slipway.engine.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RolloutEvent;
import dev.slipway.fleet.HostId;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The four kinds of events that fill a journal, read member by member: for a rollout of many hosts
 * that takes a third of the time that {@link Json} takes, which finds out each time what a record
 * is made of. What is not as this release writes it is left to {@link Json}. Used once for each
 * event.
 */
final class FrequentEvents {

  private static final JsonFactory FACTORY = new JsonFactory();

  private @Nullable HostId host;
  private @Nullable LifecycleEvent event;
  private int attempt;
  private @Nullable Instant deadline;
  private @Nullable String status;
  private @Nullable Diagnostics diagnostics;
  private @Nullable String reason;

  private FrequentEvents() {}

  /** Returns the event; empty when it is not a frequent one, or not in its usual form. */
  static Optional<RolloutEvent> read(Class<? extends RolloutEvent> kind, String json) {
    if (kind != HostEventOffered.class
        && kind != HostEventAcknowledged.class
        && kind != HostEventFinished.class
        && kind != HostFinished.class) {
      return Optional.empty();
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      FrequentEvents members = new FrequentEvents();
      return members.take(parser) && parser.nextToken() == null
          ? Optional.ofNullable(members.as(kind))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong with it, the other way to read it says so.
      return Optional.empty();
    }
  }

  private boolean take(JsonParser json) throws IOException {
    json.nextToken();
    expect(JsonToken.START_OBJECT, json);
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "host" -> host = new HostId(text(json));
        case "event" -> event = LifecycleEvent.valueOf(text(json));
        case "attempt" -> attempt = json.getIntValue();
        case "deadline" -> deadline = InstantText.parse(text(json));
        case "status" -> status = text(json);
        case "reason" -> reason = text(json);
        case "diagnostics" -> diagnostics = diagnostics(json);
        default -> {
          return false;
        }
      }
    }
    return json.currentToken() == JsonToken.END_OBJECT;
  }

  private static String text(JsonParser json) throws IOException {
    expect(JsonToken.VALUE_STRING, json);
    return json.getText();
  }

  private static void expect(JsonToken token, JsonParser json) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException("not a " + token + ", but a " + json.currentToken());
    }
  }

  private static @Nullable Diagnostics diagnostics(JsonParser json) throws IOException {
    expect(JsonToken.START_OBJECT, json);
    LifecycleErrorCode code = null;
    String script = null;
    String message = null;
    String log = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "errorCode" -> code = LifecycleErrorCode.valueOf(text(json));
        case "scriptName" -> script = text(json);
        case "message" -> message = text(json);
        case "log" -> log = text(json);
        default -> {
          return null;
        }
      }
    }
    if (code == null || script == null || message == null || log == null) {
      return null;
    }
    Diagnostics found = new Diagnostics(code, script, message, log);
    // Most are this one, and then nobody keeps a copy for each event.
    return found.equals(Diagnostics.SUCCEEDED) ? Diagnostics.SUCCEEDED : found;
  }

  private @Nullable RolloutEvent as(Class<? extends RolloutEvent> kind) {
    if (host == null) {
      return null;
    }
    if (kind == HostFinished.class) {
      return status == null || reason == null
          ? null
          : new HostFinished(host, HostStatus.valueOf(status), reason);
    }
    if (event == null || attempt == 0) {
      return null;
    }
    if (kind == HostEventFinished.class) {
      return status == null || diagnostics == null
          ? null
          : new HostEventFinished(
              host, event, attempt, LifecycleEventStatus.valueOf(status), diagnostics);
    }
    if (deadline == null) {
      return null;
    }
    return kind == HostEventOffered.class
        ? new HostEventOffered(host, event, attempt, deadline)
        : new HostEventAcknowledged(host, event, attempt, deadline);
  }
}
