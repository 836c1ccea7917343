package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.RolloutLimits;
import dev.slipway.deployment.DeploymentOverview;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.ErrorCode;
import dev.slipway.event.CheckpointReached;
import dev.slipway.event.RecordedEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.guard.AlarmWatch;
import dev.slipway.guard.Approval;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.WaveStep;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.alarm.AlarmState;
import dev.slipway.spi.gate.GateAnswer;
import dev.slipway.spi.gate.GateQuestion;
import dev.slipway.strategy.WaveSize;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts that wait for gates, alarms and people, on the whole engine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class GuardedRolloutsTest {

  @TempDir private Path directory;

  private final BlockingQueue<GateQuestion> asked = new LinkedBlockingQueue<>();
  private final Map<String, AlarmState> alarms = new ConcurrentHashMap<>();
  private GateAnswer answer = GateAnswer.passed();
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    List<Host> hosts = List.of(Host.named("web-1"), Host.named("web-2"), Host.named("web-3"));
    alarms.put("errors", AlarmState.OK);
    deployer =
        Slipway.builder()
            .inventory(selector -> hosts)
            .transport(new ScriptedTransport())
            .state(directory.resolve("state"))
            .healthGate(
                "metrics",
                1,
                parameters ->
                    question -> {
                      asked.add(question);
                      return answer;
                    })
            .alarmSource(
                "mine",
                1,
                parameters ->
                    names ->
                        names.stream()
                            .filter(alarms::containsKey)
                            .collect(
                                Collectors.toMap(
                                    name -> name,
                                    name -> Objects.requireNonNull(alarms.get(name)))))
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  private RolloutBuilder web() {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve("1.0")))
        .to(hosts -> hosts);
  }

  private RolloutBuilder canary(WaveStep first) {
    return web().config(DeploymentConfigs.ALL_AT_ONCE).waves(first, WaveStep.wave(WaveSize.rest()));
  }

  private static WaveStep one() {
    return WaveStep.wave(WaveSize.count(1));
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(Duration.ofSeconds(30)).orElseThrow();
  }

  @Test
  void what_is_not_registered_is_refused_before_anything_starts() {
    assertThatThrownBy(() -> canary(one().gate(GateReference.named("unheard"))).plan())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("gate unheard version 1 is not registered")
        .hasMessageContaining("healthGate");
    assertThatThrownBy(() -> web().alarms(AlarmWatch.of("unheard", "errors")).plan())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("alarm source unheard version 1 is not registered");
  }

  @Test
  void a_gate_that_refuses_a_canary_ends_the_rollout_after_one_host() throws Exception {
    answer = GateAnswer.refused("5 % errors");

    RolloutResult result = end(canary(one().gate(GateReference.named("metrics"))).plan().start());

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code())
        .isEqualTo(ErrorCode.HEALTH_CONSTRAINTS);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, 1, 0, 2));
    GateQuestion question = asked.take();
    assertThat(question.host()).isNull();
    assertThat(question.updated()).hasSize(1);
    assertThat(question.application()).isEqualTo("web");
  }

  @Test
  void each_host_is_asked_about_before_it_has_succeeded() {
    RolloutResult result =
        end(
            web()
                .config(DeploymentConfigs.ALL_AT_ONCE)
                .hostGate(GateReference.named("metrics"))
                .plan()
                .start());

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(asked)
        .extracting(question -> Objects.requireNonNull(question.host()).id())
        .containsExactlyInAnyOrder(new HostId("web-1"), new HostId("web-2"), new HostId("web-3"));
  }

  @Test
  void gates_that_refuse_without_a_word_end_their_hosts() {
    answer = GateAnswer.refused(new IllegalStateException().getMessage());

    RolloutResult result =
        end(
            web()
                .config(DeploymentConfigs.ALL_AT_ONCE)
                .hostGate(GateReference.named("metrics"))
                .plan()
                .start());

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, 0, 3, 0));
  }

  @Test
  void a_rollout_goes_on_when_somebody_approves() throws Exception {
    BlockingQueue<RecordedEvent> stands = new LinkedBlockingQueue<>();
    Rollout rollout = canary(one().approval(Approval.of("is it well?"))).plan().start();
    rollout.onEvent(
        recorded -> {
          if (recorded.event() instanceof CheckpointReached) {
            stands.add(recorded);
          }
        });

    stands.take();
    assertThat(rollout.explain()).extracting(Hold::kind).contains(Hold.Kind.APPROVAL);
    rollout.approve("ann", "looks good");

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void an_approval_is_for_the_checkpoint_at_which_it_stands_when_it_is_given() throws Exception {
    BlockingQueue<RecordedEvent> stands = new LinkedBlockingQueue<>();
    Rollout rollout =
        web()
            .config(DeploymentConfigs.ALL_AT_ONCE)
            .waves(
                one().approval(Approval.of("")),
                WaveStep.wave(WaveSize.count(2)).approval(Approval.of("")),
                WaveStep.wave(WaveSize.rest()))
            .plan()
            .start();
    rollout.onEvent(
        recorded -> {
          if (recorded.event() instanceof CheckpointReached) {
            stands.add(recorded);
          }
        });
    stands.take();
    assertThat(rollout.awaitedApproval()).hasValue(1);

    rollout.approve("ann", "");
    stands.take();
    rollout.approve(1, "ann", "again");
    rollout.reject(1, "bob", "late");

    assertThat(rollout.awaitedApproval()).hasValue(2);
    rollout.approve(2, "bob", "");
    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(rollout.awaitedApproval()).isEmpty();
  }

  @Test
  void failures_of_a_wave_are_not_counted_where_there_are_no_waves() {
    assertThatThrownBy(
            () ->
                web()
                    .batching(Batching.WINDOW)
                    .limits(RolloutLimits.NONE.withMaxFailuresPerWave(1))
                    .plan())
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("maxFailuresPerWave 1 needs waves")
        .hasMessageContaining("batching WAVE");
  }

  @Test
  void an_active_alarm_stops_a_rollout_before_its_first_host() {
    alarms.put("errors", AlarmState.ALARM);

    RolloutResult result = end(web().alarms(AlarmWatch.of("mine", "errors")).plan().start());

    assertThat(result.status()).isEqualTo(DeploymentStatus.STOPPED);
    assertThat(Objects.requireNonNull(result.error()).code()).isEqualTo(ErrorCode.ALARM_ACTIVE);
    assertThat(result.overview()).isEqualTo(new DeploymentOverview(0, 0, 0, 0, 3));
  }

  @Test
  void an_alarm_of_which_nothing_is_said_stops_a_rollout_unless_that_is_ignored() {
    AlarmWatch unknown = AlarmWatch.of("mine", "unknown");

    RolloutResult strict = end(web().alarms(unknown).plan().start());
    RolloutResult lenient = end(web().alarms(unknown.ignoringPollFailure()).plan().start());

    assertThat(Objects.requireNonNull(strict.error()).message()).contains("cannot be read");
    assertThat(lenient.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }
}
