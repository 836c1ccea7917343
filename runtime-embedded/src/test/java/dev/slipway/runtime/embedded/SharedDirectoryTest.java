package dev.slipway.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.Slipway;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.HostOutput;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import dev.slipway.strategy.Strategies;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several deployers on one directory, as in several processes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class SharedDirectoryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<Deployer> open = new ArrayList<>();

  @BeforeEach
  void bundle() throws IOException {
    for (String version : List.of("1.0", "1.1")) {
      Path bundle = Files.createDirectories(directory.resolve(version));
      Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
      Files.writeString(bundle.resolve("VERSION"), version);
    }
  }

  @AfterEach
  void close() {
    open.forEach(Deployer::close);
  }

  @Test
  void a_rollout_that_another_deployer_began_goes_on_when_that_one_is_gone() {
    ScriptedTransport silent = new ScriptedTransport();
    silent.hold();
    Deployer first = deployer(runtime(), silent);
    Rollout begun = web(first, "1.0").plan().start();
    Rollout seen = deployer(runtime()).attach(begun.id());

    first.close();
    RolloutResult result = seen.await(MINUTE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(transport.offered()).containsAll(silent.offered());
  }

  @Test
  void the_owner_sees_to_what_others_ask_for() throws InterruptedException {
    transport.hold();
    Rollout begun = web(deployer(runtime()), "1.0").plan().start();
    Rollout seen = deployer(runtime().withoutDriving()).attach(begun.id());

    CountDownLatch stopping = new CountDownLatch(1);
    begun.onEvent(
        event -> {
          if (event.event().kind().equals("StopRequested")) {
            stopping.countDown();
          }
        });

    assertThat(seen.stop("by hand")).isTrue();
    stopping.await();
    transport.proceed();

    assertThat(seen.await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void the_owner_drives_what_others_begin() {
    deployer(runtime());
    Deployer other = deployer(runtime().withoutDriving());

    RolloutResult result = web(other, "1.0").plan().start().await(MINUTE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  @Test
  void a_request_says_that_nobody_drives_and_is_kept() {
    Deployer other = deployer(runtime().withoutDriving());
    Rollout rollout = web(other, "1.0").plan().start();

    assertThat(rollout.stop("too early")).isFalse();
    assertThat(rollout.explain()).extracting(Hold::kind).containsExactly(Hold.Kind.NOT_DRIVEN);
    deployer(runtime());

    assertThat(rollout.await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  @Test
  void a_rollout_whose_strategy_is_missing_says_so_and_goes_on_when_it_is_there()
      throws InterruptedException {
    Rollout begun =
        web(knowing(runtime().withoutDriving()), "1.0")
            .minimumHealthy(MinimumHealthyHosts.hostCount(0))
            .strategy(new StrategyReference("mine", 3, ""))
            .plan()
            .start();
    Deployer ignorant = deployer(runtime());
    Rollout seen = deployer(runtime().withoutDriving()).attach(begun.id());
    CountDownLatch held = new CountDownLatch(1);
    seen.onEvent(
        event -> {
          if (event.event().kind().equals("RolloutHeld")) {
            held.countDown();
          }
        });
    held.await();

    assertThat(seen.explain())
        .extracting(Hold::message)
        .containsExactly(
            "the strategy waits: it is not known to the process that drives the rollout; register"
                + " strategy mine version 3 there, and the rollout goes on");
    ignorant.close();
    knowing(runtime());

    assertThat(seen.await(MINUTE).orElseThrow().status()).isEqualTo(DeploymentStatus.SUCCEEDED);
  }

  private Deployer knowing(EmbeddedRuntime runtime) {
    Deployer deployer =
        Slipway.builder()
            .runtime(runtime)
            .inventory(selector -> hosts())
            .transports(host -> transport)
            .strategy("mine", 3, parameters -> Strategies.waves(WaveSize.count(1)))
            .build();
    open.add(deployer);
    return deployer;
  }

  @Test
  void another_process_hears_what_scripts_print() throws InterruptedException {
    Deployer owner =
        Slipway.builder()
            .runtime(runtime())
            .inventory(selector -> hosts())
            .transports(host -> new Talkative(transport))
            .build();
    open.add(owner);
    Rollout begun = web(owner, "1.0").plan().start();
    BlockingQueue<HostOutput> heard = new LinkedBlockingQueue<>();

    deployer(runtime().withoutDriving()).attach(begun.id()).onOutput(heard::add);

    HostOutput first = heard.take();
    assertThat(first.lines()).isEqualTo("ApplicationStop on " + first.host() + "\n");
    assertThat(first.event()).isEqualTo(LifecycleEvent.APPLICATION_STOP);
    assertThat(begun.await(MINUTE)).isPresent();
  }

  /** Hosts that say what they run. */
  private record Talkative(ScriptedTransport hosts) implements Transport {

    @Override
    public void offer(HostCommand command, Reports reports) {
      reports.output(
          command.key(), command.key().event().wireName() + " on " + command.key().host() + "\n");
      hosts.offer(command, reports);
    }

    @Override
    public void cancel(CommandKey key, CancelMode mode) {
      hosts.cancel(key, mode);
    }

    @Override
    public void release(DeploymentId deployment, Host host) {
      hosts.release(deployment, host);
    }

    @Override
    public void close() {
      hosts.close();
    }
  }

  @Test
  void a_failed_rollout_and_its_rollback_survive_a_change_of_owners() {
    Deployer first = deployer(runtime());
    assertThat(web(first, "1.0").plan().start().await(MINUTE)).isPresent();
    first.close();
    transport.failAt("web-1", LifecycleEvent.VALIDATE_SERVICE);
    Deployer second = deployer(runtime());

    Rollout rollout =
        web(second, "1.1")
            .order(HostOrder.explicit(List.of(new HostId("web-1"))))
            .autoRollback(AutoRollbackEvent.DEPLOYMENT_FAILURE)
            .plan()
            .start();
    RolloutResult result = rollout.await(MINUTE).orElseThrow();

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    assertThat(rollout.rollback().orElseThrow().await(MINUTE)).isPresent();
  }

  private EmbeddedRuntime runtime() {
    return EmbeddedRuntime.at(directory.resolve("state"));
  }

  private Deployer deployer(EmbeddedRuntime runtime) {
    return deployer(runtime, transport);
  }

  private Deployer deployer(EmbeddedRuntime runtime, ScriptedTransport to) {
    Deployer deployer =
        Slipway.builder()
            .runtime(runtime)
            .inventory(selector -> hosts())
            .transports(host -> to)
            .build();
    open.add(deployer);
    return deployer;
  }

  private RolloutBuilder web(Deployer deployer, String version) {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve(version)))
        .to(selector -> selector);
  }

  private static List<Host> hosts() {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(n -> new Host(new HostId("web-" + n), "192.0.2." + n, "", Map.of(), Map.of()))
        .toList();
  }
}
