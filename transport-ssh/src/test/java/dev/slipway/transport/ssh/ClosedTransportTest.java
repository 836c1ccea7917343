package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a transport that was closed in the middle of its work. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class ClosedTransportTest {

  private static final int HOSTS_OF_A_KIND = 32;
  private static final int MOST_TAKEN = 20_000;

  @TempDir private Path directory;

  private final Heard heard = new Heard();
  private final Set<StuckLink> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger stuck = new AtomicInteger();

  private DeploymentWork work() throws IOException {
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    Revisions revision =
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .file("noise", "");
    Files.write(directory.resolve("revision/noise"), noise);
    return Rollouts.work("d-AAAAAAAA1", revision.pack(BundleType.ZIP));
  }

  @Test
  void no_connection_and_no_file_is_left_however_many_hosts_take_nothing() throws IOException {
    Path packed = Files.createDirectories(directory.resolve("packed"));
    DeploymentWork work = work();
    List<ScriptedHost> running = new ArrayList<>();
    SshTransport transport =
        SshTransport.with(
            SshOptions.DEFAULTS.withWorkDirectory(packed).withTransfers(HOSTS_OF_A_KIND),
            (host, settings, request) -> {
              ScriptedHost there = new ScriptedHost();
              if (host.id().value().startsWith("run")) {
                synchronized (running) {
                  running.add(there);
                }
              }
              return new StuckLink(there.link());
            });
    for (int number = 1; number <= HOSTS_OF_A_KIND; number++) {
      offer(transport, work, "send-" + number, LifecycleEvent.DOWNLOAD_BUNDLE);
      offer(transport, work, "run-" + number, LifecycleEvent.VALIDATE_SERVICE);
    }
    heard.awaitThat(() -> stuck.get() == HOSTS_OF_A_KIND && count(running) == HOSTS_OF_A_KIND);

    transport.close();

    assertThat(open).isEmpty();
    assertThat(packed).isEmptyDirectory();
  }

  @Test
  void a_host_whose_goodbye_fails_is_let_go_of_all_the_same() throws IOException {
    Path packed = Files.createDirectories(directory.resolve("packed"));
    DeploymentWork work = work();
    ScriptedHost there = new ScriptedHost();
    SshTransport transport =
        SshTransport.with(
            SshOptions.DEFAULTS.withWorkDirectory(packed),
            (host, settings, request) -> new StuckLink(there.link()));
    Host host = offer(transport, work, "run-1", LifecycleEvent.VALIDATE_SERVICE);
    heard.awaitThat(() -> count(List.of(there)) == 1);
    open.forEach(StuckLink::fail);

    transport.release(work.deployment(), host);

    heard.awaitThat(open::isEmpty);
    transport.close();
    assertThat(packed).isEmptyDirectory();
  }

  private Host offer(
      SshTransport transport, DeploymentWork work, String name, LifecycleEvent event) {
    Host host = new Host(new HostId(name), "127.0.0.1", "", Map.of(), Map.of());
    transport.offer(new Rollouts(transport, host).command(work, event, 1), heard);
    return host;
  }

  private static long count(List<ScriptedHost> hosts) {
    synchronized (hosts) {
      return hosts.stream()
          .filter(host -> host.commands().stream().anyMatch(said -> said.startsWith("RUN")))
          .count();
    }
  }

  /** One to a host that takes no more than a little, until it is closed. */
  private final class StuckLink implements RunnerLink {
    private final RunnerLink link;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int taken;
    private volatile boolean fails;

    StuckLink(RunnerLink link) {
      this.link = link;
      open.add(this);
    }

    @Override
    public OutputStream toRunner() {
      OutputStream to = link.toRunner();
      return new OutputStream() {
        @Override
        public void write(int next) throws IOException {
          if (fails) {
            throw new IllegalStateException("this link has a defect");
          }
          taken++;
          if (taken == MOST_TAKEN) {
            stuck.incrementAndGet();
            awaitClosed();
          }
          to.write(next);
        }
      };
    }

    void fail() {
      fails = true;
    }

    private void awaitClosed() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the host takes nothing");
      }
      throw new IOException("the link is closed");
    }

    @Override
    public InputStream fromRunner() {
      return link.fromRunner();
    }

    @Override
    public void whenHeard(Runnable listener) {
      link.whenHeard(listener);
    }

    @Override
    public boolean hasEnded() {
      return link.hasEnded();
    }

    @Override
    public String complaints() {
      return link.complaints();
    }

    @Override
    public boolean answers() {
      return link.answers();
    }

    @Override
    public void leave() {
      link.leave();
    }

    @Override
    public void close() {
      open.remove(this);
      closed.countDown();
      link.close();
    }
  }
}
