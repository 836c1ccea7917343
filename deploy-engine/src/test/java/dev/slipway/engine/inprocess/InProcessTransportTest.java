package dev.slipway.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Deployer;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.deployment.DeploymentStatus;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.engine.Slipway;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.preflight.HostDefect;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.HostOutput;
import dev.slipway.rollout.Rollout;
import dev.slipway.rollout.RolloutResult;
import dev.slipway.spi.transport.HostNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class InProcessTransportTest {

  private static final String APP_SPEC =
      """
      version: 0.0
      os: linux
      files:
        - source: VERSION
          destination: /srv/app
      hooks:
        ApplicationStop:
          - location: stop.sh
        ValidateService:
          - location: validate.sh
      """;

  @TempDir private Path directory;

  @Test
  void a_second_revision_runs_the_stop_script_of_the_first() throws Exception {
    bundle("1.0", "exit 0");
    bundle("1.1", "exit 0");

    assertThat(rollOut("1.0").status()).isEqualTo(DeploymentStatus.SUCCEEDED);
    assertThat(rollOut("1.1").status()).isEqualTo(DeploymentStatus.SUCCEEDED);

    for (String host : List.of("a", "b")) {
      assertThat(directory.resolve("hosts/" + host + "/srv/app/VERSION")).hasContent("1.1");
      assertThat(directory.resolve("hosts/" + host + "/stopped")).hasContent("1.0");
    }
  }

  @Test
  void a_host_does_otherwise_what_its_choices_say() throws Exception {
    Process agent = new ProcessBuilder("sh", "-c", "sleep 600; : codedeploy-agent").start();
    Path pid = directory.resolve("hosts/a/opt/codedeploy-agent/state/.pid/codedeploy-agent.pid");
    Files.createDirectories(pid.getParent());
    Files.writeString(pid, agent.pid() + "\n");
    try (InProcessTransport transport = InProcessTransport.below(directory.resolve("hosts"))) {
      assertThat(defects(transport, Map.of())).containsExactly(HostDefect.Kind.AGENT);
      assertThat(defects(transport, Map.of("choices", "beside-agent, links-stay-links"))).isEmpty();
      assertThat(defects(transport, Map.of("choices", "nonsense")))
          .containsExactly(HostDefect.Kind.SETTINGS);
    } finally {
      agent.descendants().forEach(ProcessHandle::destroy);
      agent.destroy();
    }
  }

  private static List<HostDefect.Kind> defects(
      InProcessTransport transport, Map<String, String> settings) {
    Host host = new Host(new HostId("a"), "a", "", Map.of(), settings);
    return transport
        .inspect(host, HostNeeds.NOTHING, Duration.ofMinutes(1))
        .toCompletableFuture()
        .join()
        .defects()
        .stream()
        .map(HostDefect::kind)
        .toList();
  }

  @Test
  void a_failing_script_is_reported_with_its_output() throws Exception {
    bundle("1.0", "echo port 80 is closed >&2; exit 3");

    RolloutResult result = rollOut("1.0");

    assertThat(result.status()).isEqualTo(DeploymentStatus.FAILED);
    Diagnostics end = Objects.requireNonNull(result.hosts().get(0).diagnostics());
    assertThat(end.errorCode()).isEqualTo(LifecycleErrorCode.SCRIPT_FAILED);
    assertThat(end.scriptName()).isEqualTo("validate.sh");
    assertThat(end.log()).contains("[stderr]port 80 is closed");
  }

  @Test
  void what_a_script_prints_is_heard_from_the_beginning_whenever_one_listens() throws Exception {
    bundle("1.0", "echo warm; echo up");

    try (Deployer deployer = deployer(InProcessTransport.below(directory.resolve("hosts")))) {
      Rollout rollout = startOnAll(deployer, "1.0");
      assertThat(rollout.await(Duration.ofMinutes(1))).isPresent();
      BlockingQueue<HostOutput> heard = new LinkedBlockingQueue<>();
      rollout.onOutput(heard::add);

      StringBuilder text = new StringBuilder();
      while (!text.toString().contains("up")) {
        HostOutput output = heard.take();
        if (output.host().equals(new HostId("a"))) {
          assertThat(output.event()).isEqualTo(LifecycleEvent.VALIDATE_SERVICE);
          assertThat(output.cut()).isFalse();
          text.append(output.lines());
        }
      }
      assertThat(text.toString()).contains("warm");
    }
  }

  @Test
  void a_host_whose_root_has_moved_is_deployed_to_where_it_is_now() throws Exception {
    bundle("1.0", "exit 0");
    AtomicReference<String> root = new AtomicReference<>(directory.resolve("first").toString());

    try (Deployer deployer =
        Slipway.builder()
            .inventory(
                selector ->
                    List.of(
                        new Host(
                            new HostId("a"), "", "", Map.of(), Map.of("hostRoot", root.get()))))
            .transport(InProcessTransport.below(directory.resolve("hosts")))
            .state(directory.resolve("state"))
            .build()) {
      for (String place : List.of("first", "second")) {
        root.set(directory.resolve(place).toString());
        assertThat(startOnAll(deployer, "1.0").await(Duration.ofMinutes(1))).isPresent();
        assertThat(directory.resolve(place + "/srv/app/VERSION")).hasContent("1.0");
      }
    }
  }

  private RolloutResult rollOut(String version) {
    try (Deployer deployer = deployer(InProcessTransport.below(directory.resolve("hosts")))) {
      return startOnAll(deployer, version).await(Duration.ofMinutes(1)).orElseThrow();
    }
  }

  private Deployer deployer(InProcessTransport transport) {
    return Slipway.builder()
        .inventory(selector -> Stream.of("a", "b").map(InProcessTransportTest::host).toList())
        .transport(transport)
        .state(directory.resolve("state"))
        .build();
  }

  private Rollout startOnAll(Deployer deployer, String version) {
    return deployer
        .rollout("web", "prod")
        .revision(Revision.localDirectory(directory.resolve(version)))
        .to(hosts -> hosts)
        .config(DeploymentConfigs.ALL_AT_ONCE)
        .plan()
        .start();
  }

  private static Host host(String name) {
    return new Host(new HostId(name), "localhost", "", Map.of("role", "web"), Map.of());
  }

  private void bundle(String version, String validate) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve(version));
    Files.writeString(bundle.resolve("appspec.yml"), APP_SPEC);
    Files.writeString(bundle.resolve("VERSION"), version);
    Files.writeString(
        bundle.resolve("stop.sh"),
        "#!/bin/sh\nprintf %s " + version + " > \"$SLIPWAY_HOST_ROOT/stopped\"\n");
    Files.writeString(bundle.resolve("validate.sh"), "#!/bin/sh\n" + validate + "\n");
  }
}
