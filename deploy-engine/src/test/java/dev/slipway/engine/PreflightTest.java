package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.failure.PreflightException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.preflight.HostDefect;
import dev.slipway.preflight.Preflight;
import dev.slipway.preflight.PreflightReport;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Plan;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostInspector;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import dev.slipway.testkit.ScriptedTransport;
import dev.slipway.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts are looked at before anything is touched. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreflightTest {

  private static final Preflight TWO_AT_ONCE =
      new Preflight(0, Duration.ofMinutes(1), true, Duration.ofSeconds(30), 2);

  @TempDir private Path directory;
  private Path bundle = Path.of("");
  private final VirtualTimers timers = new VirtualTimers();
  private final ScriptedTransport hosts = new ScriptedTransport();
  private Transport transport = hosts;
  private @Nullable Deployer deployer;

  @BeforeEach
  void pack() throws IOException {
    bundle = Files.createDirectories(directory.resolve("1.0"));
    Files.writeString(
        bundle.resolve("appspec.yml"),
        """
        version: 0.0
        os: linux
        files:
          - {source: /, destination: /srv/app}
        permissions:
          - {object: /srv/app, owner: web, group: www, acls: ["u:bob:rw"]}
        """);
  }

  @AfterEach
  void close() {
    deployer().close();
  }

  private Deployer deployer() {
    if (deployer == null) {
      deployer =
          Slipway.builder()
              .inventory(selector -> Stream.of("web-1", "web-2", "web-3").map(Host::named).toList())
              .transport(transport)
              .timers(timers)
              .state(directory.resolve("state"))
              .build();
    }
    return deployer;
  }

  private RolloutBuilder rollout() {
    return deployer()
        .rollout("web", "prod")
        .revision(Revision.localDirectory(bundle))
        .to(all -> all);
  }

  private static HostCondition shown(Duration ahead, long free) {
    return new HostCondition(
        "root",
        true,
        VirtualTimers.START.plus(ahead),
        List.of(new HostCondition.FreeSpace("/srv", free)),
        List.of());
  }

  @Test
  void a_rollout_begins_when_all_hosts_are_fit() {
    Rollout rollout = rollout().preflight().plan().start();

    assertThat(rollout.await(Duration.ofSeconds(30))).isPresent();
  }

  @Test
  void it_is_refused_with_every_host_and_defect_and_nothing_is_touched() {
    hosts.condition("web-1", HostCondition.unfit(HostDefect.Kind.TOOL, "there is no tar"));
    hosts.condition("web-3", shown(Duration.ofHours(-1), 1));

    assertThatExceptionOfType(PreflightException.class)
        .isThrownBy(() -> rollout().preflight().plan().start())
        .withMessageContaining("2 of 3 hosts are not fit")
        .withMessageContaining("web-1: there is no tar")
        .withMessageContaining("web-3: its clock is 3600 s behind; 60 s are allowed")
        .withMessageContaining("web-3: 0.0 MB are free at /srv")
        .satisfies(
            e ->
                assertThat(e.report().unfit())
                    .extracting(PreflightReport.Finding::host)
                    .containsExactlyInAnyOrder(new HostId("web-1"), new HostId("web-3")));

    assertThat(hosts.offered()).isEmpty();
    assertThat(deployer().rollouts(10)).isEmpty();
    assertThat(directory.resolve("state/revisions")).doesNotExist();
  }

  @Test
  void limits_say_what_is_good_enough() {
    hosts.condition("web-1", shown(Duration.ofMinutes(1), 1 << 20));
    hosts.condition("web-2", shown(Duration.ofMinutes(-1), 1 << 20));

    assertThat(rollout().preflight(TWO_AT_ONCE).plan().preflight().isReady()).isTrue();
    assertThat(rollout().plan().preflight().unfit()).hasSize(2);

    hosts.condition("web-2", shown(Duration.ofSeconds(61), 1 << 20));

    assertThat(rollout().preflight(TWO_AT_ONCE).plan().preflight().unfit()).hasSize(1);
  }

  @Test
  void only_root_can_give_files_away() {
    hosts.condition("web-1", new HostCondition("deploy", false, null, List.of(), List.of()));
    hosts.condition("web-2", new HostCondition("web", false, null, List.of(), List.of()));

    assertThat(rollout().plan().preflight().lines())
        .contains(
            "  web-1: only root can give files to web, but deploy works there: let root do it, or"
                + " use sudo");
    assertThat(rollout().plan().preflight().unfit()).hasSize(1);
  }

  @Test
  void a_start_does_not_look_again_after_a_look_that_found_all_fit() {
    Plan plan = rollout().preflight().plan();
    assertThat(plan.preflight().isReady()).isTrue();
    hosts.condition("web-1", HostCondition.unfit(HostDefect.Kind.TOOL, "there is no tar"));

    Rollout rollout = plan.start();

    assertThat(rollout.await(Duration.ofSeconds(30))).isPresent();
    assertThat(plan.start().id()).isEqualTo(rollout.id());
  }

  @Test
  void hosts_are_asked_for_what_the_appspec_needs_and_a_few_at_a_time() {
    LookedAt looked = new LookedAt();
    transport = looked;

    assertThat(rollout().preflight(TWO_AT_ONCE).plan().preflight().isReady()).isTrue();

    assertThat(looked.most.get()).isEqualTo(2);
    assertThat(looked.needs.get())
        .isEqualTo(
            new HostNeeds(
                List.of("/srv/app"),
                Set.of("web"),
                Set.of("web", "bob"),
                Set.of("www"),
                Set.of("setfacl")));
  }

  @Test
  void a_host_that_does_not_answer_in_time_is_not_fit() {
    hosts.hold();
    Plan plan = rollout().plan();
    CompletableFuture<PreflightReport> report = CompletableFuture.supplyAsync(plan::preflight);
    while (!report.isDone()) {
      timers.advance(Duration.ofSeconds(30));
      Thread.onSpinWait();
    }

    assertThat(report.join().lines())
        .contains("3 of 3 hosts are not fit", "  web-1: did not answer within 30 s");
  }

  /** Answers for nobody before two have been asked for. */
  private static final class LookedAt implements Transport, HostInspector {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicReference<HostNeeds> needs = new AtomicReference<>();
    private final CountDownLatch two = new CountDownLatch(2);

    @Override
    public CompletionStage<HostCondition> inspect(Host host, HostNeeds wanted, Duration within) {
      needs.set(wanted);
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      two.countDown();
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              two.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            now.decrementAndGet();
            return new HostCondition("root", true, null, List.of(), List.of());
          });
    }

    @Override
    public void offer(HostCommand command, Reports reports) {}

    @Override
    public void cancel(CommandKey key, CancelMode mode) {}

    @Override
    public void release(DeploymentId deployment, Host host) {}

    @Override
    public void close() {}
  }
}
