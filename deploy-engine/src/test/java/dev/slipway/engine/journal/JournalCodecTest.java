package dev.slipway.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.deployment.ErrorInformation;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.deployment.LifecycleEventStatus;
import dev.slipway.event.EventVisitor;
import dev.slipway.event.HostEventAcknowledged;
import dev.slipway.event.HostEventFinished;
import dev.slipway.event.HostEventOffered;
import dev.slipway.event.HostFinished;
import dev.slipway.event.RecordedEvent;
import dev.slipway.event.RolloutEnded;
import dev.slipway.event.RolloutEvent;
import dev.slipway.event.WaveStarted;
import dev.slipway.failure.StoreException;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.store.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalCodecTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.250Z");
  private static final HostId HOST = new HostId("web-1");

  static Stream<RolloutEvent> events() {
    return Stream.of(
        new WaveStarted(2, List.of(HOST, new HostId("web-2"))),
        new HostEventOffered(HOST, LifecycleEvent.INSTALL, 1, NOON),
        new HostEventAcknowledged(HOST, LifecycleEvent.INSTALL, 2, NOON),
        new HostFinished(HOST, HostStatus.UNREACHABLE, "\"no\" route\u001f"),
        new HostEventFinished(
            HOST, LifecycleEvent.INSTALL, 1, LifecycleEventStatus.SUCCEEDED, Diagnostics.SUCCEEDED),
        new HostEventFinished(
            HOST,
            LifecycleEvent.VALIDATE_SERVICE,
            1,
            LifecycleEventStatus.FAILED,
            new Diagnostics(
                LifecycleErrorCode.SCRIPT_FAILED, "validate.sh", "exit code 1", "[stderr]é\n")),
        new RolloutEnded(
            DeploymentStatus.FAILED,
            new ErrorInformation(ErrorCode.HEALTH_CONSTRAINTS, "too many"),
            new DeploymentOverview(0, 0, 3, 2, 1)),
        new RolloutEnded(DeploymentStatus.SUCCEEDED, null, new DeploymentOverview(0, 0, 3, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_read_as_it_was_written(RolloutEvent event) {
    RecordedEvent recorded = new RecordedEvent(7, NOON, event);

    assertThat(JournalCodec.decode(JournalCodec.encode(recorded))).isEqualTo(recorded);
  }

  @ParameterizedTest
  @MethodSource("unusual")
  void an_event_in_another_form_means_what_it_always_meant(String kind, String json) {
    JournalEntry entry = new JournalEntry(7, NOON, kind, 1, json);

    assertThat(JournalCodec.decode(entry).event())
        .isEqualTo(Json.read(json, EventKinds.named(kind).orElseThrow()));
  }

  static Stream<Arguments> unusual() {
    return Stream.of(
        Arguments.of("HostFinished", "{\"host\":\"web-1\",\"status\":\"FAILED\",\"reason\":null}"),
        Arguments.of("HostFinished", "{\"host\":\"web-1\",\"status\":\"FAILED\"}"),
        Arguments.of(
            "HostFinished",
            "{\"new\":{\"host\":\"web-2\"},\"reason\":\"\",\"status\":\"FAILED\",\"host\":\"web-1\"}"),
        Arguments.of(
            "HostEventOffered",
            "{ \"host\" : \"w\\u0065b\", \"event\":\"INSTALL\", \"attempt\":1,"
                + " \"deadline\":\"2026-03-01T12:00:00Z\" }"),
        Arguments.of(
            "HostEventAcknowledged",
            "{\"host\":\"web-1\",\"event\":\"INSTALL\",\"deadline\":\"+20000-03-01T12:00:00Z\"}"),
        Arguments.of(
            "HostEventFinished",
            "{\"host\":\"web-1\",\"event\":\"INSTALL\",\"attempt\":1,\"status\":\"FAILED\","
                + "\"diagnostics\":{\"errorCode\":\"SCRIPT_FAILED\",\"log\":\"\",\"more\":[1]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"host\":\"web-1\"",
        "{\"host\":\"web-1\",\"event\":\"TELEPORT\",\"attempt\":1,"
            + "\"deadline\":\"2026-03-01T12:00:00Z\"}",
        "{\"host\":\"web-1\",\"event\":\"INSTALL\",\"attempt\":1,\"deadline\":\"soon\"}",
        "{\"host\":\"\",\"event\":\"INSTALL\",\"attempt\":1,\"deadline\":\"2026-03-01T12:00:00Z\"}"
      })
  void an_event_that_is_none_is_damage(String json) {
    JournalEntry entry = new JournalEntry(7, NOON, "HostEventOffered", 1, json);

    assertThatThrownBy(() -> JournalCodec.decode(entry))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
  }

  @Test
  void the_form_of_an_event_is_plain() {
    JournalEntry entry =
        JournalCodec.encode(
            new RecordedEvent(
                1, NOON, new HostEventOffered(HOST, LifecycleEvent.INSTALL, 1, NOON)));

    assertThat(entry.type()).isEqualTo("HostEventOffered");
    assertThat(entry.json())
        .isEqualTo(
            "{\"host\":\"web-1\",\"event\":\"INSTALL\",\"attempt\":1,"
                + "\"deadline\":\"2026-03-01T12:00:00.250Z\"}");
  }

  @Test
  void every_kind_of_event_can_be_read() {
    assertThat(EventVisitor.class.getMethods())
        .filteredOn(method -> !method.getName().equals("otherwise"))
        .allSatisfy(
            method ->
                assertThat(EventKinds.named(method.getParameterTypes()[0].getSimpleName()))
                    .contains(method.getParameterTypes()[0].asSubclass(RolloutEvent.class)));
  }

  @Test
  void an_event_of_a_newer_release_is_refused_by_name() {
    JournalEntry unknown = new JournalEntry(1, NOON, "HostTeleported", 1, "{}");

    assertThatThrownBy(() -> JournalCodec.decode(unknown))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.TOO_NEW))
        .hasMessageContaining("HostTeleported");
  }
}
