package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How commands go on with hosts that come, go and refuse. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostSessionTest {

  private static final String DONE = "+DONE ValidateService 1 ok 0 0 0\n\n";

  @TempDir private Path directory;

  private final Map<HostId, ScriptedHost> hosts = new ConcurrentHashMap<>();
  private final Map<HostId, LinkFailure> failures = new ConcurrentHashMap<>();
  private final Heard heard = new Heard();
  private SshTransport transport = SshTransport.with(SshOptions.DEFAULTS);
  private @Nullable DeploymentWork work;

  @BeforeEach
  void makeTransport() throws IOException {
    work =
        Rollouts.work(
            "d-AAAAAAAA1",
            Revisions.in(directory.resolve("revision"))
                .file("appspec.yml", "version: 0.0\nos: linux\n")
                .pack(BundleType.TGZ));
    use(SshOptions.DEFAULTS);
  }

  private DeploymentWork work() {
    return Objects.requireNonNull(work);
  }

  private void use(SshOptions options) {
    transport.close();
    transport =
        SshTransport.with(
            options
                .withWorkDirectory(directory)
                .withConnections(
                    ConnectionPolicy.DEFAULTS
                        .withPauses(Duration.ofMillis(1), Duration.ofMillis(5))
                        .withRest(0, Duration.ofSeconds(1))),
            (host, settings, request) -> {
              LinkFailure failure = failures.get(host.id());
              if (failure != null) {
                throw failure;
              }
              return host(host.id()).link();
            });
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private ScriptedHost host(HostId id) {
    return hosts.computeIfAbsent(id, first -> new ScriptedHost());
  }

  private ScriptedHost host() {
    return host(new HostId("web-1"));
  }

  private HostCommand command(String host) {
    return command(host, LifecycleEvent.VALIDATE_SERVICE);
  }

  private HostCommand command(String host, LifecycleEvent event) {
    Host there = new Host(new HostId(host), "127.0.0.1", "", Map.of(), Map.of());
    return new Rollouts(transport, there).command(work(), event, 1);
  }

  private void keepAway(UnreachableReason reason) {
    failures.put(new HostId("web-1"), new LinkFailure(reason, "away", null));
  }

  private void comeBack() {
    failures.clear();
  }

  private void awaitCommand(ScriptedHost host, String start) {
    heard.awaitThat(() -> host.commands().stream().anyMatch(said -> said.startsWith(start)));
  }

  @Test
  void many_more_hosts_run_their_scripts_than_there_are_threads() {
    use(SshOptions.DEFAULTS.withThreads(2));
    List<CommandKey> keys = new ArrayList<>();
    for (int number = 1; number <= 100; number++) {
      HostCommand command = command("web-" + number);
      keys.add(command.key());
      transport.offer(command, heard);
    }

    keys.forEach(
        key -> heard.await(word -> word.what().equals("acknowledged") && word.key().equals(key)));
    keys.forEach(key -> awaitCommand(host(key.host()), "RUN"));
    keys.forEach(key -> host(key.host()).say("[stdout]hello\n" + DONE));

    keys.forEach(key -> assertThat(heard.end(key).isSuccess()).isTrue());
    assertThat(heard.output()).hasSize(100 * "[stdout]hello\n".length());
  }

  @Test
  void what_an_earlier_process_may_have_begun_is_ended_once_the_host_is_back() {
    host().knowing("ValidateService", 1);
    keepAway(UnreachableReason.TIMED_OUT);
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    heard.await("unreachable");

    transport.cancel(command.key(), CancelMode.TERMINATE);
    comeBack();
    awaitCommand(host(), "STOP ValidateService 1");
    host().say("+DONE ValidateService 1 cancelled 0 0 0\n\n");

    assertThat(heard.end(command.key()).message())
        .contains("was ended, because the deployment was stopped");
    assertThat(host().commands()).noneMatch(said -> said.startsWith("RUN"));
  }

  @Test
  void what_was_taken_back_is_not_started_when_the_host_does_not_know_it() {
    keepAway(UnreachableReason.TIMED_OUT);
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    heard.await("unreachable");

    transport.cancel(command.key(), CancelMode.NOT_STARTED);
    comeBack();

    assertThat(heard.end(command.key()).message()).contains("was not started on the host");
    assertThat(host().commands()).noneMatch(said -> said.startsWith("RUN"));
  }

  @Test
  void what_was_taken_back_after_it_was_sent_is_not_sent_again() {
    host().beginningNothing();
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    awaitCommand(host(), "RUN");
    ScriptedHost before = host();
    ScriptedHost forgetful = new ScriptedHost();
    hosts.put(new HostId("web-1"), forgetful);

    transport.cancel(command.key(), CancelMode.NOT_STARTED);
    before.breakLink();

    awaitCommand(forgetful, "BAR ValidateService 1");
    assertThat(heard.end(command.key()).message()).contains("was not started on the host");
    assertThat(forgetful.commands()).noneMatch(said -> said.startsWith("RUN"));
  }

  @Test
  void what_has_begun_is_not_begun_again_by_a_host_that_has_lost_its_ticket_in_an_outage() {
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    awaitCommand(host(), "RUN");
    ScriptedHost before = host();
    ScriptedHost forgetful = new ScriptedHost();
    hosts.put(new HostId("web-1"), forgetful);

    before.say("[stdout]hello\n");
    heard.await("output");
    before.breakLink();

    assertThat(heard.end(command.key())).isEqualTo(Diagnostics.AFTER_RESTART);
    assertThat(forgetful.commands()).noneMatch(said -> said.startsWith("RUN"));
  }

  @Test
  void a_host_that_refuses_us_after_a_restart_is_asked_when_it_lets_us_in() {
    host().knowing("ValidateService", 1);
    keepAway(UnreachableReason.REFUSED);
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    assertThat(heard.await("unreachable").reason()).isEqualTo(UnreachableReason.REFUSED);

    comeBack();
    awaitCommand(host(), "ASK");
    host().say(DONE);

    assertThat(heard.end(command.key()).isSuccess()).isTrue();
    assertThat(heard.sequence()).containsExactly("unreachable", "back", "acknowledged", "finished");
  }

  @Test
  void a_running_event_is_not_failed_by_an_appspec_that_its_script_has_broken() {
    host().knowing("ValidateService", 1).withAppSpec("hooks: [\n");
    HostCommand command = command("web-1");

    transport.offer(command, heard);
    awaitCommand(host(), "ASK");
    host().say(DONE);

    assertThat(heard.end(command.key()).isSuccess()).isTrue();
  }

  @Test
  void a_listener_that_throws_ends_no_event() {
    HostCommand command = command("web-1");
    transport.offer(
        command,
        new Reports() {
          @Override
          public void acknowledged(CommandKey key) {
            throw new IllegalStateException("not now");
          }

          @Override
          public void output(CommandKey key, String lines) {
            throw new IllegalStateException("not now");
          }

          @Override
          public void finished(CommandKey key, Diagnostics diagnostics) {
            heard.finished(key, diagnostics);
          }

          @Override
          public void unreachable(CommandKey key, UnreachableReason reason, String message) {
            heard.unreachable(key, reason, message);
          }

          @Override
          public void back(CommandKey key) {
            heard.back(key);
          }
        });
    awaitCommand(host(), "RUN");
    host().say("[stdout]hello\n" + DONE);

    assertThat(heard.end(command.key()).isSuccess()).isTrue();
  }

  @Test
  void a_message_that_comes_in_pieces_occupies_nobody() {
    use(SshOptions.DEFAULTS.withThreads(1));
    HostCommand slow = command("web-1");
    HostCommand quick = command("web-2");
    transport.offer(slow, heard);
    awaitCommand(host(), "RUN");
    host().say("+DONE ValidateService 1 ok 0 0 5\nab");

    transport.offer(quick, heard);
    awaitCommand(host(quick.key().host()), "RUN");
    host(quick.key().host()).say(DONE);

    assertThat(heard.end(quick.key()).isSuccess()).isTrue();
    host().say("cde\n");
    assertThat(heard.end(slow.key()).isSuccess()).isTrue();
  }

  @Test
  void a_connection_that_went_while_nothing_ran_is_made_again_without_a_word() {
    HostCommand first = command("web-1");
    transport.offer(first, heard);
    awaitCommand(host(), "RUN");
    host().say(DONE);
    heard.end(first.key());
    host().breakLink();

    HostCommand second = again(first);
    transport.offer(second, heard);
    awaitCommand(host(), "RUN ValidateService 2");
    host().say("+DONE ValidateService 2 ok 0 0 0\n\n");

    assertThat(heard.end(second.key()).isSuccess()).isTrue();
    assertThat(heard.troubles()).isEmpty();
  }

  @Test
  void a_connection_is_left_for_others_though_its_runner_ends_as_soon_as_it_is_released() {
    host().endingAtRelease();
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    awaitCommand(host(), "RUN");
    host().say(DONE);
    heard.end(command.key());

    transport.release(command.key().deployment(), command.host());

    heard.awaitThat(() -> host().left() == 1);
  }

  @Test
  void a_host_that_goes_while_a_bundle_is_sent_has_said_why() {
    String line = "mkdir: cannot create directory: Permission denied\n";
    host().takingNoBundle(line + line);
    HostCommand command = command("web-1", LifecycleEvent.DOWNLOAD_BUNDLE);

    transport.offer(command, heard);

    assertThat(heard.end(command.key()).message())
        .isEqualTo(
            "The host could not take what was sent: mkdir: cannot create directory: Permission"
                + " denied");
    assertThat(heard.troubles()).isEmpty();
  }

  @Test
  void a_host_that_has_no_room_left_to_say_why_is_taken_for_full() {
    host().takingNoBundle("");
    HostCommand command = command("web-1", LifecycleEvent.DOWNLOAD_BUNDLE);

    transport.offer(command, heard);

    assertThat(heard.end(command.key()).message())
        .isEqualTo("The host could not take what was sent. Is its disk full?");
  }

  @Test
  void the_end_of_one_event_does_not_count_for_the_output_of_the_next() {
    HostCommand first = command("web-1");
    transport.offer(first, heard);
    awaitCommand(host(), "RUN");
    host().say("[stdout]one\n");
    heard.await("output");
    host().say("\n" + DONE);
    heard.end(first.key());
    HostCommand second = again(first);
    transport.offer(second, heard);
    awaitCommand(host(), "RUN ValidateService 2");
    host().say("[stdout]two\n");
    heard.await(word -> word.text().contains("two"));

    host().breakLink();

    awaitCommand(host(), "ASK ValidateService 2 " + "[stdout]two\n".length());
    host().say("+DONE ValidateService 2 ok 0 0 0\n\n");
    assertThat(heard.end(second.key()).isSuccess()).isTrue();
  }

  @Test
  void scripts_for_a_failure_that_cannot_be_sent_change_nothing_of_the_end() {
    host()
        .withAppSpec(
            """
            version: 0.0
            os: linux
            hooks:
              ValidateService: [{location: validate.sh}]
              OnFailure: [{location: "a\\0b.sh"}]
            """);
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    awaitCommand(host(), "RUN");

    host().say("+DONE ValidateService 1 failed 0 3 0\n\n");

    assertThat(heard.end(command.key()).message()).contains("failed with exit code 3");
    assertThat(heard.troubles()).isEmpty();
  }

  @Test
  void a_host_that_answers_no_question_occupies_nobody_once_its_command_is_taken_back() {
    use(SshOptions.DEFAULTS.withThreads(1));
    HostCommand stuck = command("web-1", LifecycleEvent.INSTALL);
    HostCommand other = command("web-2");
    transport.offer(stuck, heard);
    awaitCommand(host(), "LOOK");
    transport.offer(other, heard);

    transport.cancel(stuck.key(), CancelMode.TERMINATE);

    awaitCommand(host(other.key().host()), "RUN");
    assertThat(heard.end(stuck.key()).message()).contains("was not started on the host");
  }

  @Test
  void a_host_that_answers_no_question_is_not_left_to_others_when_it_is_released() {
    use(SshOptions.DEFAULTS.withThreads(1));
    HostCommand stuck = command("web-1", LifecycleEvent.INSTALL);
    HostCommand other = command("web-2");
    transport.offer(stuck, heard);
    awaitCommand(host(), "LOOK");
    transport.offer(other, heard);

    transport.cancel(stuck.key(), CancelMode.TERMINATE);
    transport.release(stuck.key().deployment(), stuck.host());

    awaitCommand(host(other.key().host()), "RUN");
    assertThat(host().left()).isZero();
  }

  @Test
  void a_host_that_does_not_say_what_it_knows_is_asked_anew_when_its_command_is_taken_back() {
    ScriptedHost silent = host().answeringNothing();
    HostCommand command = command("web-1");
    transport.offer(command, heard);
    awaitCommand(silent, "ASK");
    hosts.put(new HostId("web-1"), new ScriptedHost());

    transport.cancel(command.key(), CancelMode.NOT_STARTED);

    assertThat(heard.end(command.key()).message()).contains("was not started on the host");
    assertThat(host().commands()).anyMatch(said -> said.startsWith("BAR ValidateService 1"));
  }

  @Test
  void hosts_that_take_nothing_do_not_keep_others_from_being_stopped_and_are_stopped_later() {
    List<HostCommand> commands = new ArrayList<>();
    for (int number = 1; number <= 5; number++) {
      HostCommand command = command("web-" + number);
      commands.add(command);
      if (number < 5) {
        host(command.key().host()).freezing();
      }
      transport.offer(command, heard);
      awaitCommand(host(command.key().host()), "RUN");
    }

    commands.forEach(command -> transport.cancel(command.key(), CancelMode.TERMINATE));

    awaitCommand(host(commands.get(4).key().host()), "STOP");
    for (HostCommand command : commands) {
      host(command.key().host()).thaw();
      awaitCommand(host(command.key().host()), "STOP");
    }
  }

  private static HostCommand again(HostCommand first) {
    return new HostCommand(
        new CommandKey(
            first.key().deployment(), first.key().host(), LifecycleEvent.VALIDATE_SERVICE, 2),
        1,
        first.host(),
        first.work(),
        List.of(),
        Duration.ofMinutes(1));
  }
}
