package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RequestException;
import dev.slipway.host.local.Elsewhere;
import dev.slipway.host.local.LocalDeployment;
import dev.slipway.host.plan.DeploymentGroup;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Local deployments on a host that is not this one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SshElsewhereTest {

  private static final HostDeployment DEPLOYMENT =
      HostDeployment.of("d-AAAAAAAA1", new DeploymentGroup("web", "prod", "group-1"));

  private final StringWriter out = new StringWriter();
  private final List<LocalLink> links = new CopyOnWriteArrayList<>();

  private Dialing dialing = this::dial;

  @TempDir Path scratch;

  /** How a link comes about. */
  private interface Dialing {
    RunnerLink to(RunnerRequest request) throws LinkFailure;
  }

  /** What may fail. */
  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  @BeforeEach
  void makeBundle() throws IOException {
    Revisions.in(scratch.resolve("bundle"))
        .file(
            "appspec.yml",
            """
            version: 0.0
            os: linux
            files:
              - {source: app, destination: srv/app}
            hooks:
              AfterInstall: [{location: after.sh}]
            """)
        .file("app/one", "1")
        .script(
            "after.sh",
            "pwd; echo run >>runs; while [ -f runs ] && [ ! -f gate ]; do sleep 0.05; done");
    Files.createFile(scratch.resolve("gate"));
  }

  private RunnerLink dial(RunnerRequest request) {
    LocalLink link =
        LocalLink.start(List.of(), Shell.SH, scratch.resolve("programs"), request, Map.of());
    links.add(link);
    return link;
  }

  private static Thread inBackground(ThrowingRunnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void awaitThat(BooleanSupplier what) {
    while (!what.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private int deploy(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bundle-location",
                scratch.resolve("bundle").toString(),
                "--via",
                "ssh://ann@web-1:2222" + scratch + "?deploymentRoot=" + scratch + "/root"));
    arguments.addAll(List.of(more));
    SshElsewhere elsewhere =
        SshElsewhere.with(
            SshOptions.DEFAULTS
                .withWorkDirectory(scratch)
                .withConnections(
                    ConnectionPolicy.DEFAULTS.withPauses(
                        Duration.ofMillis(1), Duration.ofMillis(5))),
            (host, settings, request) -> dialing.to(request));
    return new LocalDeployment(
            new PrintWriter(out),
            new PrintWriter(out),
            Map.of(),
            scratch,
            Clock.systemUTC(),
            ZoneOffset.UTC,
            () -> "ABCDEFGH1",
            elsewhere)
        .run(arguments);
  }

  @Test
  void are_carried_out_from_the_directory_of_the_place() throws IOException {
    assertThat(deploy()).as(out::toString).isZero();

    assertThat(scratch.resolve("srv/app/one")).hasContent("1");
    assertThat(scratch.resolve("runs")).hasContent("run");
    assertThat(
            scratch.resolve(
                "root/default-local-deployment-group/d-ABCDEFGH1-local/logs/scripts.log"))
        .content()
        .contains(" [stdout]" + scratch + "\n");
    assertThat(out.toString()).endsWith("AppSpec file valid. Local deployment successful\n");
    assertThat(links).hasSize(1);
  }

  @Test
  void can_be_shown_without_leaving_anything_there() {
    assertThat(deploy("--dry-run")).as(out::toString).isZero();

    assertThat(out.toString()).contains("copy " + scratch + "/srv/app/one from ");
    assertThat(scratch.resolve("root")).doesNotExist();
  }

  @Test
  void go_on_after_the_link_was_lost_and_run_once() throws Exception {
    Files.delete(scratch.resolve("gate"));
    Thread cutter =
        inBackground(
            () -> {
              awaitThat(() -> Files.exists(scratch.resolve("runs")));
              links.get(0).close();
              awaitThat(() -> links.size() == 2);
              Files.createFile(scratch.resolve("gate"));
            });

    assertThat(deploy()).as(out::toString).isZero();

    cutter.join();
    assertThat(scratch.resolve("runs")).hasContent("run");
  }

  /** A host that goes away as it greets: nothing comes of what is said to it. */
  private RunnerLink dialHalf(RunnerRequest request) {
    RunnerLink link = dial(request);
    link.close();
    return link;
  }

  @Test
  void go_on_after_the_host_was_lost_again_while_it_greeted() throws Exception {
    Files.delete(scratch.resolve("gate"));
    dialing = request -> links.size() == 1 ? dialHalf(request) : dial(request);
    Thread cutter =
        inBackground(
            () -> {
              awaitThat(() -> Files.exists(scratch.resolve("runs")));
              links.get(0).close();
              awaitThat(() -> links.size() == 3);
              Files.createFile(scratch.resolve("gate"));
            });

    assertThat(deploy()).as(out::toString).isZero();

    cutter.join();
    assertThat(scratch.resolve("runs")).hasContent("run");
  }

  @Test
  void are_stopped_once_the_host_is_back_when_that_is_wanted_while_it_is_away() throws Exception {
    Files.delete(scratch.resolve("gate"));
    CountDownLatch away = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread deploying = Thread.currentThread();
    dialing =
        request -> {
          if (!links.isEmpty() && stopped.getCount() > 0) {
            away.countDown();
            throw new LinkFailure(UnreachableReason.TIMED_OUT, "away", null);
          }
          return dial(request);
        };
    Thread cutter =
        inBackground(
            () -> {
              awaitThat(() -> Files.exists(scratch.resolve("runs")));
              links.get(0).close();
              away.await();
              stopped.countDown();
              deploying.interrupt();
            });

    assertThat(deploy()).as(out::toString).isNotZero();

    assertThat(Thread.interrupted()).isTrue();
    cutter.join();
    assertThat(out.toString()).contains("was ended, because the deployment was stopped");
    assertThat(scratch.resolve("runs")).hasContent("run");
  }

  @Test
  void say_that_a_script_may_go_on_when_the_host_stays_away_after_a_stop() throws Exception {
    Files.delete(scratch.resolve("gate"));
    Thread deploying = Thread.currentThread();
    AtomicInteger tries = new AtomicInteger();
    dialing =
        request -> {
          if (links.isEmpty()) {
            return dial(request);
          }
          if (tries.incrementAndGet() <= 2) {
            deploying.interrupt();
          }
          throw new LinkFailure(UnreachableReason.TIMED_OUT, "away", null);
        };
    Thread cutter =
        inBackground(
            () -> {
              awaitThat(() -> Files.exists(scratch.resolve("runs")));
              links.get(0).close();
            });

    assertThat(deploy()).as(out::toString).isNotZero();

    assertThat(Thread.interrupted()).isTrue();
    cutter.join();
    assertThat(out.toString())
        .contains("AfterInstall was interrupted. AfterInstall may go on there");
    Files.createFile(scratch.resolve("gate"));
  }

  @Test
  void are_told_of_who_and_where() throws Exception {
    List<HostSettings> told = new ArrayList<>();
    SshElsewhere elsewhere =
        SshElsewhere.with(
            SshOptions.DEFAULTS,
            (host, settings, request) -> {
              told.add(settings);
              assertThat(host.address()).isEqualTo("web-1");
              return dial(request);
            });

    elsewhere
        .reach(
            task(
                "ssh://ann@web-1:2222/srv?sudo=true&identityFile=/keys/a%20b&deploymentRoot="
                    + scratch))
        .close();

    assertThat(told.get(0).server().user()).isEqualTo("ann");
    assertThat(told.get(0).server().port()).isEqualTo(2222);
    assertThat(told.get(0).sudo()).isTrue();
    assertThat(told.get(0).server().login().identityFiles()).containsExactly(Path.of("/keys/a b"));
    assertThat(told.get(0).choices()).containsExactly(HostChoice.MODES_AS_WRITTEN);
  }

  private static Elsewhere.Task task(String place) {
    return new Elsewhere.Task(place, DEPLOYMENT, "", 5, "", Set.of(HostChoice.MODES_AS_WRITTEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-1", "http://web-1", "ssh:web-1", "ssh://web 1", "ssh://"})
  void need_a_place_that_is_one(String place) {
    assertThatThrownBy(() -> SshElsewhere.with(SshOptions.DEFAULTS).reach(task(place)))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("--via must be ssh://[user@]host[:port]")
        .hasMessageEndingWith("but was " + place);
  }

  @Test
  void need_no_password_in_the_place_and_do_not_repeat_it() {
    assertThatThrownBy(
            () -> SshElsewhere.with(SshOptions.DEFAULTS).reach(task("ssh://ann:s3cret@web-1/srv")))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("--via must not hold a password")
        .hasMessageContaining("?password=env:NAME")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void go_to_hosts_whose_names_have_an_underscore() throws Exception {
    List<String> addresses = new ArrayList<>();
    SshElsewhere elsewhere =
        SshElsewhere.with(
            SshOptions.DEFAULTS,
            (host, settings, request) -> {
              addresses.add(settings.server().user() + " " + settings.server());
              return dial(request);
            });

    elsewhere.reach(task("ssh://ann%20b@web_1:2222/srv?deploymentRoot=" + scratch)).close();

    assertThat(addresses).containsExactly("ann b web_1:2222");
  }

  @Test
  void say_which_settings_there_are() {
    assertThatThrownBy(
            () -> SshElsewhere.with(SshOptions.DEFAULTS).reach(task("ssh://web-1?colour=red")))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("there is no setting colour for SSH");
  }

  @Test
  void say_why_a_host_cannot_be_reached() {
    SshElsewhere elsewhere =
        SshElsewhere.with(
            SshOptions.DEFAULTS,
            (host, settings, request) -> {
              throw new LinkFailure(UnreachableReason.REFUSED, "Nothing answers there.", null);
            });

    assertThatThrownBy(() -> elsewhere.reach(task("ssh://web-1")))
        .isInstanceOf(IOException.class)
        .hasMessage("Nothing answers there.");
  }
}
