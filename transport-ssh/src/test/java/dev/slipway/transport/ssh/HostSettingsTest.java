package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.transport.ssh.Hop.NewHostKeys;
import dev.slipway.transport.ssh.config.LocalAccount;
import dev.slipway.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostSettingsTest {

  static final SshConfig NO_CONFIG = SshConfig.of(List.of(), LocalAccount.ofThisProcess());

  @TempDir private Path directory;

  private static Host host(Map<String, String> settings) {
    return new Host(new HostId("web-1"), "web-1", "", Map.of(), settings);
  }

  @Test
  void without_any_is_checked_and_plain() {
    HostSettings settings = HostSettings.of(host(Map.of()), Map.of(), NO_CONFIG);

    assertThat(settings.server().port()).isEqualTo(22);
    assertThat(settings.server().user()).isEqualTo(System.getProperty("user.name"));
    assertThat(settings.server().trust().newHostKeys()).isEqualTo(NewHostKeys.REFUSE);
    assertThat(settings.sudo()).isFalse();
    assertThat(settings.adopt()).isFalse();
    assertThat(settings.hostRoot()).isEmpty();
    assertThat(settings.server().trust().knownHosts())
        .contains(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
  }

  @Test
  void the_host_says_more_than_the_defaults() {
    HostSettings settings =
        HostSettings.of(
            host(Map.of("port", "2201", "hostRoot", "/srv/h1/", "identityFile", "/k/a, /k/b")),
            Map.of("port", "22", "user", "deploy", "sudo", "true"),
            NO_CONFIG);

    assertThat(settings.server().port()).isEqualTo(2201);
    assertThat(settings.server().user()).isEqualTo("deploy");
    assertThat(settings.sudo()).isTrue();
    assertThat(settings.hostRoot()).isEqualTo("/srv/h1");
    assertThat(settings.server().login().identityFiles())
        .containsExactly(Path.of("/k/a"), Path.of("/k/b"));
  }

  @Test
  void a_tilde_is_the_home_of_the_account_in_whatever_names_a_file() {
    HostSettings settings =
        HostSettings.of(
            host(
                Map.of(
                    "identityFile", "~/k/a, /k/~/b",
                    "certificateFile", "~/k/a-cert.pub",
                    "agent", "~/agent.sock",
                    "passphrase", "file:~/secret",
                    "sudoPassword", "file:~/sudo")),
            Map.of("knownHosts", "~/known", "password", "env:~/NAME"),
            NO_CONFIG);

    Path home = Path.of(System.getProperty("user.home"));
    Hop.Login login = settings.server().login();
    assertThat(login.identityFiles()).containsExactly(home.resolve("k/a"), Path.of("/k/~/b"));
    assertThat(login.certificateFiles()).containsExactly(home.resolve("k/a-cert.pub"));
    assertThat(login.agent()).contains(home.resolve("agent.sock"));
    assertThat(login.passphrase()).isEqualTo("file:" + home.resolve("secret"));
    assertThat(login.password()).isEqualTo("env:~/NAME");
    assertThat(settings.sudoPassword()).isEqualTo("file:" + home.resolve("sudo"));
    assertThat(settings.server().trust().knownHosts()).containsExactly(home.resolve("known"));
  }

  @Test
  void the_way_to_a_host_may_lead_through_others() {
    HostSettings settings =
        HostSettings.of(
            host(Map.of("user", "deploy", "jump", "edge, ops@inner:2222,[fd00::7]:2201")),
            Map.of(),
            NO_CONFIG);

    assertThat(way(settings))
        .containsExactly(
            "deploy@edge:22", "ops@inner:2222", "deploy@fd00::7:2201", "deploy@web-1:22");
  }

  private static List<String> way(HostSettings settings) {
    List<Hop> hops = new ArrayList<>(settings.jumps());
    hops.add(settings.server());
    return hops.stream().map(hop -> hop.user() + "@" + hop).toList();
  }

  private HostSettings configured(String config, Map<String, String> settings) throws IOException {
    Path file = Files.writeString(directory.resolve("config"), config);
    return HostSettings.of(
        host(settings),
        Map.of(),
        SshConfig.of(List.of(file), new LocalAccount("me", Path.of("/home/me"))));
  }

  @Test
  void what_a_host_does_not_say_comes_from_the_configuration() throws IOException {
    HostSettings settings =
        configured(
            """
            Host web-*
              HostName %h.example.org
              User deploy
              Port 2222
              IdentityFile ~/.ssh/%r-%h
              StrictHostKeyChecking accept-new
              ConnectTimeout 3
              ProxyJump edge
            Host edge
              User ops
              ProxyJump outer:2200
            """,
            Map.of("port", "2022"));

    assertThat(way(settings).subList(1, 3))
        .containsExactly("ops@edge:22", "deploy@web-1.example.org:2022");
    assertThat(way(settings).get(0)).endsWith("@outer:2200");
    assertThat(settings.server().login().identityFiles())
        .containsExactly(Path.of("/home/me/.ssh/deploy-web-1.example.org"));
    assertThat(settings.server().trust().newHostKeys()).isEqualTo(NewHostKeys.ACCEPT);
    assertThat(settings.jumps().get(0).trust().newHostKeys()).isEqualTo(NewHostKeys.REFUSE);
  }

  @Test
  void a_host_may_say_that_it_needs_no_way_through_others() throws IOException {
    HostSettings settings = configured("ProxyJump edge\n", Map.of("jump", "none"));

    assertThat(settings.jumps()).isEmpty();
  }

  @Test
  void a_way_that_leads_in_a_circle_is_refused() {
    assertThatThrownBy(() -> configured("Host *\n  ProxyJump edge\n", Map.of()))
        .hasMessageContaining("config:2: the way to edge leads in a circle")
        .hasMessageContaining("ProxyJump none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port            | 0       | port must be a number from 1 to 65535, but was \"0\"",
        "port            | x       | port must be a number from 1 to 65535, but was \"x\"",
        "jump            | a b     | jump must be [user@]host[:port], or several, separated by"
            + " commas",
        "jump            | a:70000 | jump must be [user@]host[:port], or several, separated by"
            + " commas",
        "jump            | a,      | jump must be [user@]host[:port], or several, separated by"
            + " commas",
        "sudo            | maybe   | sudo must be true or false, but was \"maybe\"",
        "hostRoot        | srv     | hostRoot must be an absolute path, but was \"srv\"",
        "deploymentRoot  | ~/d     | deploymentRoot must be an absolute path, but was \"~/d\"",
        "hostKeyChecking | no      | hostKeyChecking must be strict or accept-new, but was \"no\"",
        "prot            | 22      | there is no setting prot for SSH; there are",
      })
  void what_makes_no_sense_is_refused(String key, String value, String message) {
    assertThatThrownBy(() -> HostSettings.of(host(Map.of(key, value)), Map.of(), NO_CONFIG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("host web-1: " + message);
  }

  @Test
  void all_that_is_wrong_is_known_without_a_host() {
    assertThat(
            SshTransport.faults(
                Map.of("prot", "22", "port", "ssh", "identityFile", "/k/a", "sudo", "true")))
        .isEqualTo(
            Map.of(
                "port",
                "port must be a number from 1 to 65535, but was \"ssh\"",
                "prot",
                "there is no setting prot for SSH; there are adopt, agent, certificateFile,"
                    + " choices, deploymentRoot, hostKeyChecking, hostRoot, identityFile, jump,"
                    + " jumpPassword, knownHosts, passphrase, password, port, sudo, sudoPassword,"
                    + " user"));
  }
}
