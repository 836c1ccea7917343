package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that have a password and no key. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MinaPasswordTest {

  @TempDir private Path directory;

  private final Heard heard = new Heard();

  private MinaServer asking(UserAuthFactory how) throws IOException {
    return asking(how, 20);
  }

  private MinaServer asking(UserAuthFactory how, int mostTries) throws IOException {
    return MinaServer.start(
        directory.resolve("server"),
        server -> {
          CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, mostTries);
          server.setUserAuthFactories(List.of(how));
          server.setPasswordAuthenticator(
              (user, password, session) -> password.equals("open sesame"));
        });
  }

  private Host host(MinaServer server, String password) throws IOException {
    return hostWith(server, "file:" + Files.writeString(directory.resolve("password"), password));
  }

  private Host hostWith(MinaServer server, String password) throws IOException {
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + server.port() + " " + server.hostKey() + "\n");
    return new Host(
        new HostId("web-1"),
        "127.0.0.1",
        "",
        Map.of(),
        Map.of(
            "port", String.valueOf(server.port()),
            "agent", "none",
            "identityFile", directory.resolve("no-such-key").toString(),
            "password", password,
            "knownHosts", directory.resolve("known_hosts").toString(),
            "hostRoot", directory.resolve("host").toString(),
            "deploymentRoot", "/opt/root"));
  }

  private DeploymentWork work() throws IOException {
    return Rollouts.work(
        "d-AAAAAAAA1",
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .pack(BundleType.TGZ));
  }

  private void assertLetsIn(UserAuthFactory how) throws IOException {
    try (MinaServer server = asking(how);
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      var ends =
          new Rollouts(transport, host(server, "open sesame\n"))
              .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);

      assertThat(ends).hasSize(1).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    }
  }

  @Test
  void a_password_lets_an_account_in() throws IOException {
    assertLetsIn(UserAuthPasswordFactory.INSTANCE);
  }

  @Test
  void keys_are_not_shown_to_a_server_that_goes_on_with_a_password_alone() throws IOException {
    try (MinaServer server = asking(UserAuthPasswordFactory.INSTANCE, 2);
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      Host given = host(server, "open sesame\n");
      Map<String, String> settings = new HashMap<>(given.settings());
      settings.put("identityFile", server.identity() + "," + server.strangeIdentity());
      Host host = new Host(given.id(), given.address(), "", Map.of(), settings);

      var ends =
          new Rollouts(transport, host)
              .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);

      assertThat(ends).hasSize(1).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
    }
  }

  @Test
  void a_dialogue_about_a_password_is_answered() throws IOException {
    assertLetsIn(UserAuthKeyboardInteractiveFactory.INSTANCE);
  }

  @Test
  void a_password_can_be_asked_for() throws IOException {
    List<Secrets.Question> questions = new CopyOnWriteArrayList<>();
    SshOptions options =
        SshOptions.DEFAULTS
            .withWorkDirectory(directory)
            .withSecrets(
                question -> {
                  questions.add(question);
                  return Optional.of("open sesame".toCharArray());
                });
    try (MinaServer server = asking(UserAuthPasswordFactory.INSTANCE);
        SshTransport transport = SshTransport.with(options)) {
      var ends =
          new Rollouts(transport, hostWith(server, "ask"))
              .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);

      assertThat(ends).hasSize(1).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
      assertThat(questions)
          .containsExactly(
              new Secrets.Question(
                  Secrets.Kind.PASSWORD,
                  System.getProperty("user.name"),
                  "127.0.0.1:" + server.port(),
                  null));
    }
  }

  @Test
  void a_question_that_nobody_answers_is_told() throws IOException {
    try (MinaServer server = asking(UserAuthPasswordFactory.INSTANCE);
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      transport.offer(
          new Rollouts(transport, hostWith(server, "ask"))
              .command(work(), LifecycleEvent.APPLICATION_STOP, 1),
          heard);

      Heard.Word refusal = heard.await("unreachable");
      assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
      assertThat(refusal.text()).contains("is not known: nobody has answered");
    }
  }

  @Test
  void a_password_of_a_host_is_not_told_to_the_server_on_the_way_to_it() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    try (MinaServer jump =
            MinaServer.start(
                directory.resolve("jump"),
                server -> {
                  server.setUserAuthFactories(
                      List.of(
                          UserAuthPasswordFactory.INSTANCE,
                          UserAuthKeyboardInteractiveFactory.INSTANCE,
                          UserAuthPublicKeyFactory.INSTANCE));
                  server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
                  server.setPasswordAuthenticator(
                      (user, password, session) -> {
                        told.add(password);
                        return true;
                      });
                });
        MinaServer target = asking(UserAuthPasswordFactory.INSTANCE);
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      Host direct = host(target, "open sesame\n");
      Files.writeString(
          directory.resolve("known_hosts"),
          "[127.0.0.1]:" + jump.port() + " " + jump.hostKey() + "\n",
          StandardOpenOption.APPEND);
      Map<String, String> settings = new HashMap<>(direct.settings());
      settings.put("jump", "127.0.0.1:" + jump.port());
      settings.put("identityFile", jump.identity().toString());
      Host behind = new Host(direct.id(), direct.address(), "", Map.of(), settings);

      var ends =
          new Rollouts(transport, behind)
              .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);

      assertThat(ends).hasSize(1).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
      assertThat(told).isEmpty();

      settings.put("identityFile", directory.resolve("no-such-key").toString());
      HostCommand command =
          new Rollouts(
                  transport, new Host(new HostId("web-2"), "127.0.0.1", "", Map.of(), settings))
              .command(work(), LifecycleEvent.APPLICATION_STOP, 1);
      transport.offer(command, heard);
      heard.await(word -> word.what().equals("unreachable") && word.key().equals(command.key()));
      assertThat(told).isEmpty();
    }
  }

  @Test
  void a_server_on_the_way_that_takes_only_a_password_has_its_own() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    try (MinaServer jump =
            MinaServer.start(
                directory.resolve("jump"),
                server -> {
                  server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
                  server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
                  server.setPasswordAuthenticator(
                      (user, password, session) -> {
                        told.add(password);
                        return password.equals("of the bastion");
                      });
                });
        MinaServer target = asking(UserAuthPasswordFactory.INSTANCE);
        SshTransport transport =
            SshTransport.with(
                SshOptions.DEFAULTS
                    .withWorkDirectory(directory)
                    .withSecrets(
                        question ->
                            question.kind() == Secrets.Kind.JUMP_PASSWORD
                                ? Optional.of("of the bastion".toCharArray())
                                : Optional.empty()))) {
      Host direct = host(target, "open sesame\n");
      Files.writeString(
          directory.resolve("known_hosts"),
          "[127.0.0.1]:" + jump.port() + " " + jump.hostKey() + "\n",
          StandardOpenOption.APPEND);
      Map<String, String> settings = new HashMap<>(direct.settings());
      settings.put("jump", "127.0.0.1:" + jump.port());
      settings.put("jumpPassword", "ask");

      var ends =
          new Rollouts(transport, new Host(direct.id(), direct.address(), "", Map.of(), settings))
              .run(work(), 1, List.of(LifecycleEvent.APPLICATION_STOP), heard);

      assertThat(ends).hasSize(1).allSatisfy((event, end) -> assertThat(end.isSuccess()).isTrue());
      assertThat(told).containsExactly("of the bastion");
    }
  }

  @Test
  void a_wrong_password_lets_nobody_in_and_is_not_told() throws IOException {
    try (MinaServer server = asking(UserAuthPasswordFactory.INSTANCE);
        SshTransport transport =
            SshTransport.with(SshOptions.DEFAULTS.withWorkDirectory(directory))) {
      transport.offer(
          new Rollouts(transport, host(server, "open pumpkin"))
              .command(work(), LifecycleEvent.APPLICATION_STOP, 1),
          heard);

      Heard.Word refusal = heard.await("unreachable");
      assertThat(refusal.reason()).isEqualTo(UnreachableReason.AUTHENTICATION_REFUSED);
      assertThat(refusal.text()).contains("password").doesNotContain("pumpkin");
    }
  }
}
