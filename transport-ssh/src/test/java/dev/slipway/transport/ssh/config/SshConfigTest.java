package dev.slipway.transport.ssh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SshConfigTest {

  @TempDir private Path home;

  private SshConfig config(String text) throws IOException {
    Files.createDirectories(home.resolve(".ssh"));
    return SshConfig.of(
        List.of(Files.writeString(home.resolve(".ssh/config"), text)),
        new LocalAccount("me", home));
  }

  private HostConfig of(String host, String text) throws IOException {
    return config(text).forHost(host, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Match host db-* exec true",
        "Match exec true host db-*",
        "Match exec \"a = b\" originalhost=db-1",
        "Match all\nHost db-*\nInclude other",
        "Match localnetwork 10.0.0.0/8 !user ann",
      })
  void what_is_not_supported_does_not_matter_to_hosts_that_are_not_meant(String block)
      throws IOException {
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/other"), "Match exec true\n  User bob\n");
    SshConfig config = config("User ann\n" + block + "\n  Port 2201\n");

    assertThat(config.forHost("web-1", null).port()).isEmpty();
    if (block.contains("db-")) {
      assertThatThrownBy(() -> config.forHost("db-1", null))
          .hasMessageContaining("match exec is not supported");
    }
  }

  @Test
  void the_first_value_wins_and_keys_add_up() throws IOException {
    HostConfig host =
        of(
            "web-1",
            """
            IdentityFile /k/all
            Host web-* !web-9
              Port 2201
              IdentityFile "/k/with blank"
            Host *
              Port = 2202
              IdentityFile /k/all
            """);

    assertThat(host.port()).contains(2201);
    assertThat(host.identityFiles("me", 22))
        .containsExactly(Path.of("/k/all"), Path.of("/k/with blank"));
  }

  @Test
  void a_name_that_is_excluded_is_not_meant() throws IOException {
    assertThat(of("web-9", "Host web-* !web-9\n  Port 2201\n").port()).isEmpty();
  }

  @Test
  void files_include_others_and_blocks_end_with_them() throws IOException {
    Files.createDirectories(home.resolve(".ssh/conf.d"));
    Files.writeString(home.resolve(".ssh/conf.d/10-web"), "Host web-*\n  User web\n");
    Files.writeString(home.resolve(".ssh/conf.d/20-all"), "User everybody\nPort 7\n");
    SshConfig config =
        config("Host web-*\n  Include conf.d/*\n  ConnectTimeout 1m30s\nHost *\n  Port 8\n");

    assertThat(config.forHost("web-1", null).user()).contains("web");
    assertThat(config.forHost("web-1", null).port()).contains(7);
    assertThat(config.forHost("web-1", null).connectTimeout()).contains(Duration.ofSeconds(90));
    assertThat(config.forHost("db-1", null).user()).isEmpty();
    assertThat(config.forHost("db-1", null).port()).contains(8);
  }

  @Test
  void a_file_that_has_changed_is_read_again() throws IOException {
    SshConfig config = config("Port 1\n");
    assertThat(config.forHost("a", null).port()).contains(1);

    Path file = Files.writeString(home.resolve(".ssh/config"), "Port 2\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));

    assertThat(config.forHost("a", null).port()).contains(2);
  }

  @Test
  void tokens_are_filled_in() throws IOException {
    HostConfig host =
        of(
            "web",
            """
            HostName %h.example.org
            IdentityFile ~/.ssh/%n_%h_%p_%r_%u_100%%
            UserKnownHostsFile %d/known1 ~/known2
            """);

    assertThat(host.hostName()).isEqualTo("web.example.org");
    assertThat(host.identityFiles("deploy", 2022))
        .containsExactly(home.resolve(".ssh/web_web.example.org_2022_deploy_me_100%"));
    assertThat(host.knownHosts("deploy", 22))
        .containsExactly(home.resolve("known1"), home.resolve("known2"));
  }

  @Test
  void a_match_looks_at_what_is_known_so_far() throws IOException {
    String text =
        """
        Host short
          HostName web-1.example.org
          User deploy
        Match host *.example.org user deploy
          Port 2201
        Match originalhost short !localuser me
          Port 2202
        Match all
          Port 2203
        """;

    assertThat(of("short", text).port()).contains(2201);
    assertThat(of("other", text).port()).contains(2203);
    assertThat(config(text).forHost("web-2.example.org", "deploy").port()).contains(2201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ProxyCommand nc %h %p        | config:2: proxycommand is not supported: a jump host",
        "CanonicalizeHostname always  | config:2: canonicalizehostname is not supported",
        "RevokedHostKeys /etc/revoked | config:2: revokedhostkeys is not supported",
        "Match exec true              | config:2: match exec is not supported",
        "Port ssh                     | config:2: port must be 1 to 65535, but is ssh",
        "Port                         | config:2: port needs a value",
        "IdentityFile \"/k            | config:2: a quote (\") is not closed",
        "IdentityFile /k/%x           | config:2: %x has no meaning in identityfile",
        "IdentityFile ~other/k        | config:2: write the whole path",
        "StrictHostKeyChecking maybe  | config:2: stricthostkeychecking must be yes, ask,",
        "Include */config             | config:2: include takes wildcards in the name of a file",
      })
  void what_makes_no_sense_or_must_not_be_ignored_is_refused(String line, String message)
      throws IOException {
    SshConfig config = config("# mine\n" + line + "\n");

    assertThatThrownBy(
            () -> {
              HostConfig host = config.forHost("web-1", null);
              Object unused =
                  List.of(
                      host.port(),
                      host.identityFiles("me", 22),
                      host.acceptsNewHostKeys(),
                      host.hostName());
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_jump_host_makes_a_command_for_the_same_be_ignored() throws IOException {
    HostConfig host = of("web-1", "ProxyJump edge\nProxyCommand nc %h %p\nLocalForward 1 a:2\n");

    assertThat(host.proxyJump()).contains("edge");
  }
}
