package dev.slipway.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LateJoiners;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.core.Input;
import dev.slipway.engine.store.InMemoryRuntime;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.spi.store.InboxItem;
import dev.slipway.spi.store.RolloutRuntime;
import dev.slipway.spi.store.Store;
import dev.slipway.spi.store.Supervisor;
import dev.slipway.spi.time.Timers;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.testkit.ScriptedTransport;
import dev.slipway.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in an inbox and cannot be taken into account. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class IndigestibleInputsTest {

  @TempDir private Path directory;

  private final VirtualTimers timers = new VirtualTimers();
  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<Host> fleet =
      new CopyOnWriteArrayList<>(List.of(Host.named("web-1"), Host.named("web-2")));
  private volatile Runnable whenLookedAt = () -> {};
  private Seen runtime;
  private Deployer deployer;

  @BeforeEach
  void start() throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    runtime = new Seen(new InMemoryRuntime(directory.resolve("state")));
    deployer =
        Slipway.builder()
            .inventory(selector -> look())
            .transport(transport)
            .runtime(runtime)
            .timers(timers)
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  @Test
  void one_that_cannot_be_taken_in_keeps_no_stop_from_acting() {
    Rollout rollout = running();

    deliver(rollout, withoutDiagnostics(transport.offered().get(0)));

    assertThatItCanBeStopped(rollout);
  }

  @Test
  void one_that_cannot_be_read_keeps_no_stop_from_acting() {
    Rollout rollout = running();

    deliver(rollout, new InboxItem("odd", timers.instant(), "Pause", "{\"at\":"));

    assertThatItCanBeStopped(rollout);
  }

  @Test
  void one_that_is_of_no_known_type_keeps_no_stop_from_acting() {
    Rollout rollout = running();

    deliver(rollout, new InboxItem("odd", timers.instant(), "Applaud", "{}"));

    assertThatItCanBeStopped(rollout);
  }

  @Test
  void one_that_cannot_be_taken_in_does_not_hide_which_hosts_have_appeared() {
    transport.hold();
    Rollout rollout = web().lateJoiners(LateJoiners.REPORT).plan().start();
    fleet.add(Host.named("web-3"));
    whenLookedAt = () -> deliver(rollout, withoutTime());

    transport.proceed();

    assertThat(rollout.await(Duration.ofSeconds(50)).orElseThrow().joined())
        .containsExactly(new HostId("web-3"));
  }

  private RolloutBuilder web() {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve("1.0")))
        .to(hosts -> hosts);
  }

  private Rollout running() {
    transport.hold();
    Rollout rollout = web().plan().start();
    while (transport.offered().isEmpty()) {
      Thread.onSpinWait();
    }
    return rollout;
  }

  private void deliver(Rollout rollout, InboxItem item) {
    Objects.requireNonNull(runtime.store).deliver(rollout.id(), item);
  }

  private void assertThatItCanBeStopped(Rollout rollout) {
    rollout.stop(Duration.ZERO, "");
    advanceUntilOver(rollout);

    assertThat(rollout.status()).isEqualTo(DeploymentStatus.STOPPED);
  }

  private void advanceUntilOver(Rollout rollout) {
    while (!rollout.status().isTerminal()) {
      timers.advance(Duration.ofSeconds(1));
    }
  }

  private List<Host> look() {
    whenLookedAt.run();
    return List.copyOf(fleet);
  }

  private InboxItem withoutTime() {
    InboxItem whole =
        InboxCodec.encode(
            "odd",
            new Input.Acknowledged(
                timers.instant(), new HostId("web-1"), LifecycleEvent.INSTALL, 1));
    String json = whole.json().replaceFirst("\"at\":\"[^\"]*\"", "\"at\":null");
    assertThat(json).contains("null");
    return new InboxItem(whole.key(), whole.at(), whole.type(), json);
  }

  private InboxItem withoutDiagnostics(CommandKey key) {
    InboxItem whole =
        InboxCodec.encode(
            "odd",
            new Input.Finished(
                timers.instant(),
                key.host(),
                key.event(),
                key.attempt(),
                Diagnostics.unknownError("")));
    String json = whole.json().replaceFirst("\"diagnostics\":\\{[^}]*}", "\"diagnostics\":null");
    assertThat(json).contains("null");
    return new InboxItem(whole.key(), whole.at(), whole.type(), json);
  }

  /** A runtime whose store can be put into. */
  private static final class Seen implements RolloutRuntime {
    private final RolloutRuntime runtime;
    private @Nullable Store store;

    Seen(RolloutRuntime runtime) {
      this.runtime = runtime;
    }

    @Override
    public Parts open(Timers clock, Supervisor local) {
      Parts parts = runtime.open(clock, local);
      store = parts.store();
      return parts;
    }

    @Override
    public Optional<Path> directory() {
      return runtime.directory();
    }
  }
}
