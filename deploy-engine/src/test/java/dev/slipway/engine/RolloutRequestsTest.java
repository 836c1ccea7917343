package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.HostResult;
import dev.slipway.rollout.Pause;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutRequest;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.rollout.RunningHost;
import dev.slipway.rollout.StopReport;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the handle of a rollout is asked for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class RolloutRequestsTest {

  @TempDir private Path directory;

  private final ScriptedTransport transport = new ScriptedTransport();
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    List<Host> hosts =
        IntStream.rangeClosed(1, 4)
            .mapToObj(n -> new Host(new HostId("web-" + n), "192.0.2." + n, "", Map.of(), Map.of()))
            .toList();
    deployer =
        Slipway.builder()
            .inventory(selector -> hosts)
            .transport(transport)
            .state(directory.resolve("state"))
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void a_retry_takes_the_revision_to_the_hosts_that_failed_or_were_not_started() {
    transport.failAt("web-1", LifecycleEvent.AFTER_INSTALL);
    Rollout failed = web();
    assertThat(end(failed).status()).isEqualTo(DeploymentStatus.FAILED);
    transport.succeedAt("web-1");

    Rollout retry = failed.retry();

    assertThat(retry.retryOf()).contains(failed.id());
    assertThat(failed.retryOf()).isEmpty();
    assertThat(end(retry).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(end(retry).hosts())
        .extracting(HostResult::host)
        .containsExactlyInAnyOrder(new HostId("web-1"), new HostId("web-4"));
  }

  @Test
  void there_is_one_retry_of_a_rollout_at_a_time() {
    transport.failAt("web-1", LifecycleEvent.AFTER_INSTALL);
    Rollout failed = web();
    end(failed);
    transport.hold();

    Rollout retry = failed.retry();

    assertThat(failed.retry().id()).isEqualTo(retry.id());
    assertThatThrownBy(retry::retry)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("is not over: wait for its end or stop it, then retry");
  }

  @Test
  void a_rollout_that_succeeded_or_is_not_the_last_is_not_retried() {
    transport.failAt("web-1", LifecycleEvent.AFTER_INSTALL);
    Rollout failed = web();
    end(failed);
    transport.succeedAt("web-1");
    Rollout succeeded = web();
    end(succeeded);

    assertThatThrownBy(succeeded::retry)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("has no host to retry");
    assertThatThrownBy(failed::retry)
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("deployment " + succeeded.id() + " came after it");
  }

  @Test
  void who_waits_for_a_stop_in_vain_hears_who_is_busy_and_then_how_it_ended() {
    transport.hold();
    Rollout rollout = web();
    while (transport.offered().isEmpty()) {
      Thread.onSpinWait();
    }
    rollout.stop("enough");

    StopReport early = rollout.awaitStop(Duration.ZERO);
    transport.proceed();
    StopReport late = rollout.awaitStop(Duration.ofMinutes(1));

    assertThat(early.isOver()).isFalse();
    assertThat(early.result()).isNull();
    assertThat(early.busy())
        .singleElement()
        .extracting(RunningHost::host)
        .isEqualTo(transport.offered().get(0).host());
    assertThat(late.isOver()).isTrue();
    assertThat(late.busy()).isEmpty();
    assertThat(Objects.requireNonNull(late.result()).status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_rollout_rests_and_goes_on_as_it_is_asked_to() throws InterruptedException {
    transport.hold();
    Rollout rollout = web();
    BlockingQueue<String> kinds = kindsOf(rollout);
    while (transport.offered().isEmpty()) {
      Thread.onSpinWait();
    }

    assertThat(rollout.pause("lunch")).isTrue();
    awaitKind(kinds, "RolloutPaused");
    assertThat(rollout.paused()).map(Pause::reason).contains("lunch");
    assertThat(rollout.running())
        .singleElement()
        .satisfies(
            busy -> {
              assertThat(busy.host()).isEqualTo(new HostId("web-2"));
              assertThat(busy.event()).isEqualTo(LifecycleEvent.APPLICATION_STOP);
            });
    transport.proceed();
    awaitKind(kinds, "HostEventFinished");
    assertThat(rollout.running()).isEmpty();
    rollout.resume("");

    assertThat(end(rollout).status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(rollout.paused()).isEmpty();
  }

  @Test
  void of_requests_with_the_same_token_the_first_counts() throws InterruptedException {
    transport.hold();
    Rollout rollout = web();
    BlockingQueue<String> kinds = kindsOf(rollout);
    RolloutRequest pause = RolloutRequest.pause("lunch").once("ticket-7");
    rollout.request(pause);
    awaitKind(kinds, "RolloutPaused");
    rollout.resume("");
    awaitKind(kinds, "RolloutResumed");

    rollout.request(pause);
    rollout.stop("enough");
    awaitKind(kinds, "StopRequested");

    transport.proceed();
    end(rollout);
    assertThat(rollout.recorded())
        .extracting(recorded -> recorded.event().kind())
        .containsOnlyOnce("RolloutPaused");
  }

  @Test
  void a_grace_belongs_to_a_stop() {
    assertThatThrownBy(
            () -> new RolloutRequest(RolloutRequest.Kind.PAUSE, Duration.ofSeconds(1), "", null))
        .isInstanceOf(RequestException.class)
        .hasMessage("a grace belongs to a stop, not to PAUSE");
  }

  private static BlockingQueue<String> kindsOf(Rollout rollout) {
    BlockingQueue<String> kinds = new LinkedBlockingQueue<>();
    rollout.onEvent(event -> kinds.add(event.event().kind()));
    return kinds;
  }

  private static void awaitKind(BlockingQueue<String> kinds, String kind)
      throws InterruptedException {
    String next = kinds.take();
    while (!next.equals(kind)) {
      next = kinds.take();
    }
  }

  @Test
  void a_negative_grace_is_refused() {
    Rollout rollout = web();

    assertThatThrownBy(() -> rollout.stop(Duration.ofSeconds(-1), ""))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("grace must be at least zero, but was PT-1S");
  }

  private Rollout web() {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve("1.0")))
        .to(hosts -> hosts)
        .minimumHealthy(MinimumHealthyHosts.hostCount(3))
        .order(
            HostOrder.explicit(
                List.of(new HostId("web-2"), new HostId("web-3"), new HostId("web-1"))))
        .plan()
        .start();
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(Duration.ofMinutes(1)).orElseThrow();
  }
}
