package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.transport.ssh.HostSettings.NewHostKeys;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostSettingsTest {

  private static Host host(Map<String, String> settings) {
    return new Host(new HostId("web-1"), "web-1", "", Map.of(), settings);
  }

  @Test
  void without_any_is_checked_and_plain() {
    HostSettings settings = HostSettings.of(host(Map.of()), Map.of());

    assertThat(settings.port()).isEqualTo(22);
    assertThat(settings.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(settings.newHostKeys()).isEqualTo(NewHostKeys.REFUSE);
    assertThat(settings.sudo()).isFalse();
    assertThat(settings.adopt()).isFalse();
    assertThat(settings.hostRoot()).isEmpty();
    assertThat(settings.knownHosts())
        .containsExactly(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
  }

  @Test
  void the_host_says_more_than_the_defaults() {
    HostSettings settings =
        HostSettings.of(
            host(Map.of("port", "2201", "hostRoot", "/srv/h1/", "identityFile", "/k/a, /k/b")),
            Map.of("port", "22", "user", "deploy", "sudo", "true"));

    assertThat(settings.port()).isEqualTo(2201);
    assertThat(settings.user()).isEqualTo("deploy");
    assertThat(settings.sudo()).isTrue();
    assertThat(settings.hostRoot()).isEqualTo("/srv/h1");
    assertThat(settings.identityFiles()).containsExactly(Path.of("/k/a"), Path.of("/k/b"));
  }

  @Test
  void the_way_to_a_host_may_lead_through_others() {
    HostSettings settings =
        HostSettings.of(
            host(Map.of("user", "deploy", "jump", "edge, ops@inner:2222,[fd00::7]:2201")),
            Map.of());

    assertThat(settings.jumps())
        .containsExactly(
            new Hop("deploy", "edge", 22),
            new Hop("ops", "inner", 2222),
            new Hop("deploy", "fd00::7", 2201));
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
    assertThatThrownBy(() -> HostSettings.of(host(Map.of(key, value)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("host web-1: " + message);
  }
}
