package dev.slipway.engine;

import static dev.slipway.guard.WaveStep.wave;
import static dev.slipway.strategy.WaveSize.count;
import static dev.slipway.strategy.WaveSize.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfig;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.HostStatus;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.domain.HostDrift;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.guard.Approval;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.Hold;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutBuilder;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is kept of a host after each outcome of a deployment, a row each.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html">
 *     CodeDeploy user guide, instance health</a>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HealthRowsTest {

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final ScriptedTransport transport = new ScriptedTransport();
  private Deployer deployer;

  /** What the host was to its group before. */
  enum Before {
    NEW,
    OLD,
    CURRENT
  }

  @BeforeEach
  void start() {
    List<Host> hosts = List.of(host("x", "one"), host("y", "others"), host("z", "others"));
    deployer =
        Slipway.builder()
            .inventory(selector -> hosts.stream().filter(selector::matches).toList())
            .transport(transport)
            .state(directory.resolve("state"))
            .build();
  }

  @AfterEach
  void close() {
    deployer.close();
  }

  private static Host host(String name, String part) {
    return new Host(new HostId(name), name, "", Map.of("part", part, "all", "yes"), Map.of());
  }

  private RolloutBuilder rollout(String version, String tag, String value) {
    Path bundle = directory.resolve(version);
    try {
      // Once: what is written again is another bundle, by the times of its files.
      if (!Files.exists(bundle)) {
        Files.createDirectories(bundle);
        Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
        Files.writeString(bundle.resolve("version"), version);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(bundle))
        .to(hosts -> hosts.tag(tag, value));
  }

  private static RolloutResult end(Rollout rollout) {
    return rollout.await(LONG_ENOUGH).orElseThrow();
  }

  private void prepare(Before before) {
    if (before == Before.NEW) {
      end(rollout("1.0", "part", "others").plan().start());
      return;
    }
    end(rollout("1.0", "all", "yes").plan().start());
    if (before == Before.OLD) {
      end(rollout("2.0", "part", "others").plan().start());
    }
  }

  /** Deploys so that the deployment and host x end as they shall. */
  private RolloutResult deploy(DeploymentStatus deployment, HostStatus host) {
    boolean first = host != HostStatus.SKIPPED;
    HostOrder order = HostOrder.explicit(List.of(new HostId(first ? "x" : "y")));
    if (host == HostStatus.FAILED) {
      transport.failAt("x", LifecycleEvent.AFTER_INSTALL);
    }
    if (deployment == DeploymentStatus.FAILED && host != HostStatus.FAILED) {
      transport.failAt("y", LifecycleEvent.AFTER_INSTALL);
    }
    DeploymentConfig floor =
        deployment == DeploymentStatus.FAILED
            ? DeploymentConfigs.ONE_AT_A_TIME
            : DeploymentConfigs.ALL_AT_ONCE;
    RolloutBuilder rollout = rollout("3.0", "all", "yes").order(order).config(floor);
    if (deployment != DeploymentStatus.STOPPED) {
      return end(rollout.plan().start());
    }
    Rollout stopped =
        rollout
            .waves(
                wave(count(1)).approval(new Approval("go on?", Duration.ofDays(1))), wave(rest()))
            .plan()
            .start();
    while (stopped.explain().stream().noneMatch(hold -> hold.kind() == Hold.Kind.APPROVAL)) {
      Thread.onSpinWait();
    }
    stopped.reject("somebody", "");
    return end(stopped);
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, SUCCEEDED, NEW, CURRENT, true",
    "SUCCEEDED, SUCCEEDED, OLD, CURRENT, true",
    "SUCCEEDED, SUCCEEDED, CURRENT, CURRENT, true",
    "SUCCEEDED, FAILED, CURRENT, UNKNOWN, false",
    "SUCCEEDED, FAILED, OLD, OUTDATED, false",
    "SUCCEEDED, FAILED, NEW, UNKNOWN, false",
    "FAILED, SUCCEEDED, NEW, OUTDATED, true",
    "FAILED, SUCCEEDED, OLD, OUTDATED, true",
    "FAILED, SUCCEEDED, CURRENT, OUTDATED, true",
    "FAILED, FAILED, NEW, UNKNOWN, false",
    "FAILED, FAILED, OLD, UNKNOWN, false",
    "FAILED, FAILED, CURRENT, UNKNOWN, false",
    "FAILED, SKIPPED, NEW, UNKNOWN, false",
    "FAILED, SKIPPED, OLD, OUTDATED, true",
    "FAILED, SKIPPED, CURRENT, CURRENT, true",
    "STOPPED, SUCCEEDED, NEW, OUTDATED, true",
    "STOPPED, SUCCEEDED, OLD, OUTDATED, true",
    "STOPPED, SUCCEEDED, CURRENT, OUTDATED, true",
    "STOPPED, FAILED, NEW, UNKNOWN, false",
    "STOPPED, FAILED, OLD, UNKNOWN, false",
    "STOPPED, FAILED, CURRENT, UNKNOWN, false",
    "STOPPED, SKIPPED, NEW, UNKNOWN, false",
    "STOPPED, SKIPPED, OLD, OUTDATED, true",
    "STOPPED, SKIPPED, CURRENT, CURRENT, true",
  })
  void a_host_is_kept_as(
      DeploymentStatus deployment,
      HostStatus host,
      Before before,
      HostDrift.Standing standing,
      boolean healthy) {
    prepare(before);

    RolloutResult result = deploy(deployment, host);

    assertThat(result.status()).isEqualTo(deployment);
    assertThat(result.hosts())
        .filteredOn(of -> of.host().equals(new HostId("x")))
        .singleElement()
        .satisfies(of -> assertThat(of.status()).isEqualTo(host));
    assertThat(deployer.domain().drift("web", "prod").hosts())
        .filteredOn(kept -> kept.host().equals(new HostId("x")))
        .singleElement()
        .satisfies(kept -> assertThat(kept.standing()).isEqualTo(standing))
        .satisfies(kept -> assertThat(kept.healthy()).isEqualTo(healthy));
  }
}
