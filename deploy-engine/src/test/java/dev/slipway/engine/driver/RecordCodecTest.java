package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.Creator;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.engine.core.RollbackPolicy;
import dev.slipway.engine.core.RolloutDefinition;
import dev.slipway.engine.core.ScheduledHost;
import dev.slipway.engine.journal.Json;
import dev.slipway.failure.StoreException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.revision.RevisionId;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordCodecTest {

  private static final Host WEB =
      new Host(new HostId("web"), "10.0.0.1", "a", Map.of("role", "web"), Map.of("port", "22"));

  @Test
  void a_record_is_read_as_it_was_written() {
    RolloutRecord record =
        record(
            List.of(
                WEB,
                Host.named("db.example.org"),
                new Host(new HostId("web-2"), "::1", "", Map.of("role", "web"), Map.of()),
                new Host(new HostId("web-3"), "10.0.0.3", "a", Map.of(), Map.of("port", "22"))));

    assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
  }

  @Test
  void a_record_of_hosts_that_are_all_alike_is_read_as_it_was_written() {
    RolloutRecord record = record(List.of(Host.named("a"), Host.named("b"), Host.named("c")));

    assertThat(RecordCodec.decode(RecordCodec.encode(record)).hosts()).isEqualTo(record.hosts());
  }

  @Test
  void a_record_without_a_host_is_read_as_it_was_written() {
    RolloutRecord record = record(List.of());

    assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
  }

  @Test
  void what_hosts_have_alike_is_written_once() {
    List<Host> hosts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      hosts.add(
          new Host(
              new HostId("web-" + i),
              "web-" + i,
              "zone-" + i % 3,
              Map.of("environment", "production"),
              Map.of()));
    }

    String text = RecordCodec.encode(record(hosts));

    assertThat(text).containsOnlyOnce("production").containsOnlyOnce("zone-2");
    assertThat(text.length()).isLessThan(20 * hosts.size());
  }

  @Test
  void a_record_of_release_0_1_0_is_read() {
    RolloutRecord record = record(List.of(WEB, Host.named("db")));

    // That release wrote every host twice, each with all that it has.
    assertThat(RecordCodec.decode(Json.write(record))).isEqualTo(record);
  }

  @Test
  void hosts_that_are_not_those_that_are_scheduled_are_refused() {
    RolloutRecord record = record(List.of(WEB, Host.named("db")));
    RolloutRecord turned =
        new RolloutRecord(
            record.definition(),
            record.strategy(),
            List.of(Host.named("db"), WEB),
            record.work(),
            null);

    assertThatThrownBy(() -> RecordCodec.encode(turned))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("d-ROLLOUT01");
  }

  @Test
  void a_column_that_is_too_short_is_damage_and_says_where() {
    String text = RecordCodec.encode(record(List.of(WEB, Host.named("db"))));

    assertThatThrownBy(
            () -> RecordCodec.decode(text.replace("\"10.0.0.1\",\"db\"", "\"10.0.0.1\"")))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT))
        .hasMessageContaining("host 2 of 2");
  }

  @Test
  void text_that_is_no_record_is_damage() {
    for (String text :
        List.of("", "{}", "{\"definition\":1}", "[]", "{\"fleet\":{}}", "{\"record\":{}}")) {
      assertThatThrownBy(() -> RecordCodec.decode(text))
          .as(text)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
    }
  }

  private static RolloutRecord record(List<Host> hosts) {
    List<ScheduledHost> scheduled = new ArrayList<>();
    for (Host host : hosts) {
      scheduled.add(new ScheduledHost(host.id(), host.zone(), scheduled.size() % 2));
    }
    return new RolloutRecord(
        new RolloutDefinition(
            new DeploymentId("d-ROLLOUT01"),
            Creator.USER,
            scheduled,
            RolloutDefinition.Pace.of(DeploymentConfigs.HALF_AT_A_TIME),
            RolloutDefinition.Lifecycle.IN_PLACE,
            new RollbackPolicy(
                Set.of(AutoRollbackEvent.DEPLOYMENT_FAILURE),
                new DeploymentId("d-ROLLBACK1"),
                null),
            Guards.NONE.with(new Pulse(Duration.ofMinutes(5), Pulse.Silence.STOP))),
        StrategyReference.waves(WaveSize.percent(100)),
        hosts,
        new RolloutRecord.Work(
            "web",
            "prod",
            "group",
            1,
            new RevisionId("0".repeat(64)),
            "appspec.yml",
            FileExistsBehavior.DISALLOW),
        new DeploymentId("d-RETRIED01"));
  }
}
