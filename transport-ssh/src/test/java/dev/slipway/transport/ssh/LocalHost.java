package dev.slipway.transport.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host on this machine whose runners are started without SSH. */
abstract class LocalHost {

  @TempDir Path directory;

  final List<LocalLink> links = new CopyOnWriteArrayList<>();
  final Heard heard = new Heard();
  final Map<String, String> environment = new HashMap<>();

  /** Runners start when its count is down. */
  volatile CountDownLatch holdsBack = new CountDownLatch(0);

  Path root = Path.of("");
  Host host = Host.named("nowhere");
  Shell shell = Shell.SH;
  List<String> inside = List.of();
  SshTransport transport = SshTransport.with(SshOptions.DEFAULTS);
  Rollouts rollouts = new Rollouts(transport, host);

  @BeforeEach
  void makeHost() throws IOException {
    root = Files.createDirectories(directory.resolve("host"));
    transport =
        SshTransport.with(
            SshOptions.DEFAULTS.withWorkDirectory(directory).withMaxRevisions(3),
            (to, settings, request) -> {
              letThrough();
              LocalLink link =
                  LocalLink.start(
                      inside, shell, directory.resolve("programs"), request, environment);
              links.add(link);
              return link;
            });
    setHost(Map.of());
  }

  private void letThrough() {
    try {
      holdsBack.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    transport.close();
  }

  void setHost(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(Map.of("hostRoot", root.toString(), "deploymentRoot", "/opt/root"));
    settings.putAll(more);
    host = new Host(new HostId("web-1"), "127.0.0.1", "", Map.of(), settings);
    rollouts = new Rollouts(transport, host);
  }

  void use(Shell on) {
    assumeTrue(on.isInstalled(), () -> on + " is not installed");
    shell = on;
  }

  Revisions revision(String name) throws IOException {
    return Revisions.in(directory.resolve("revision-" + name));
  }

  Map<LifecycleEvent, Diagnostics> deploy(String deployment, Bundle bundle) {
    return rollouts.run(Rollouts.work(deployment, bundle), 1, heard);
  }

  /** Returns how the last event of a deployment ended. */
  Diagnostics last(Map<LifecycleEvent, Diagnostics> ends) {
    return ends.values().stream().reduce((first, second) -> second).orElseThrow();
  }

  Path home(String deployment) {
    return root.resolve("opt/root/group-1").resolve(deployment);
  }

  Path instructions(String name) {
    return root.resolve("opt/root/deployment-instructions").resolve(name);
  }

  static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
