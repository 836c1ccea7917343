package dev.slipway.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.Deployer;
import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.domain.DeploymentRequest;
import dev.slipway.domain.Domain;
import dev.slipway.domain.GroupSettings;
import dev.slipway.domain.GroupSettingsBuilder;
import dev.slipway.domain.RevisionLocation;
import dev.slipway.domain.TagSelection;
import dev.slipway.engine.Slipway;
import dev.slipway.engine.SlipwayBuilder;
import dev.slipway.failure.DomainError;
import dev.slipway.failure.DomainException;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.TagFilter;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.testkit.ScriptedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A deployer whose hosts answer at once, a fleet with tags, and a bundle. */
final class DomainStage implements AutoCloseable {

  /** Stages that follow one another on the same store must not draw the same ids. */
  private static final AtomicInteger SEEDS = new AtomicInteger();

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private final Path directory;
  private final ScriptedTransport transport = new ScriptedTransport();
  private final List<Host> hosts = new ArrayList<>();
  private final Deployer deployer;

  DomainStage(Path directory) throws IOException {
    this(directory, builder -> builder);
  }

  DomainStage(Path directory, UnaryOperator<SlipwayBuilder> settings) throws IOException {
    this.directory = directory;
    for (int number = 1; number <= 3; number++) {
      host("web-" + number, Map.of("role", "web"));
    }
    deployer =
        settings
            .apply(
                Slipway.builder()
                    .inventory(selector -> hosts.stream().filter(selector::matches).toList())
                    .transport(transport)
                    .random(new Random(SEEDS.incrementAndGet()))
                    .state(directory.resolve("state")))
            .build();
    bundle("1.0");
    bundle("2.0");
  }

  void host(String name, Map<String, String> tags) {
    hosts.add(new Host(new HostId(name), "192.0.2.1", "", tags, Map.of("user", "deploy")));
  }

  void removeHost(String name) {
    hosts.removeIf(host -> host.id().value().equals(name));
  }

  private void bundle(String version) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve(version));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
    Files.writeString(bundle.resolve("version"), version);
  }

  Deployer deployer() {
    return deployer;
  }

  Domain domain() {
    return deployer.domain();
  }

  ScriptedTransport transport() {
    return transport;
  }

  /** Lets every host fail, since a last one that fails alone is forgiven. */
  void failEverywhere() {
    hosts.forEach(host -> transport.failAt(host.id().value(), LifecycleEvent.AFTER_INSTALL));
  }

  RevisionLocation version(String version) {
    return RevisionLocation.local(directory.resolve(version).toString());
  }

  /** Keeps an application with a group of all hosts with role web. */
  void webProd() {
    domain().applications().create("web");
    domain().deploymentGroups().create("web", "prod", webHosts().build());
  }

  static GroupSettingsBuilder webHosts() {
    return GroupSettings.builder().hosts(TagSelection.anyOf(TagFilter.of("role", "web")));
  }

  DeploymentId deploy(String version) {
    return domain()
        .deployments()
        .create(DeploymentRequest.to("web", "prod").revision(version(version)).build());
  }

  RolloutResult end(DeploymentId id) {
    return deployer.attach(id).await(LONG_ENOUGH).orElseThrow();
  }

  DeploymentId deployed(String version) {
    DeploymentId id = deploy(version);
    RolloutResult unused = end(id);
    return id;
  }

  /** Asserts that a call fails with this error and names what it is about. */
  static void assertRefused(DomainError error, String part, ThrowingCallable call) {
    assertThatExceptionOfType(DomainException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.error()).isEqualTo(error))
        .withMessageContaining(part);
  }

  @Override
  public void close() {
    deployer.close();
  }
}
