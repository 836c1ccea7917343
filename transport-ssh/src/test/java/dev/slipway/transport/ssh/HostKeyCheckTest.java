package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostKeyCheckTest {

  @TempDir private Path directory;

  private final List<NewHostKey> told = new CopyOnWriteArrayList<>();

  private HostKeyCheck check(String alias, String knownHosts) throws IOException {
    Path file = Files.writeString(directory.resolve("known_hosts"), knownHosts);
    return check(alias, file, Hop.NewHostKeys.ACCEPT);
  }

  private HostKeyCheck check(String alias, Path file, Hop.NewHostKeys newHostKeys) {
    return new HostKeyCheck(
        new KnownHosts(),
        new Hop(
            "deploy",
            "192.0.2.1",
            22,
            new Hop.Login(
                List.of(),
                List.of(),
                false,
                false,
                Optional.empty(),
                "",
                "",
                Secrets.Kind.PASSWORD),
            new Hop.Trust(List.of(file), newHostKeys, alias),
            Optional.empty()),
        Clock.systemUTC(),
        told::add);
  }

  private static PublicKey key() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair().getPublic();
  }

  private static String text(PublicKey key) {
    byte[] bytes = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return "ssh-rsa " + Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void an_alias_in_capital_letters_is_known_and_its_key_does_not_change_unseen() throws Exception {
    PublicKey known = key();
    HostKeyCheck check = check("Prod", "Prod " + text(known) + "\n");

    assertThat(check.verify("192.0.2.1", 22, known)).isTrue();
    assertThat(check.verify("192.0.2.1", 22, key())).isFalse();
    assertThat(told).isEmpty();
    assertThat(check.refusal()).contains("shows another key than the known one");
  }

  @Test
  void a_key_that_was_revoked_is_refused_though_new_ones_are_taken() throws Exception {
    PublicKey revoked = key();
    HostKeyCheck check = check("", "@revoked * " + text(revoked) + "\n");

    assertThat(check.verify("192.0.2.1", 22, revoked)).isFalse();
    assertThat(check.refusal())
        .contains("is marked as revoked at " + directory.resolve("known_hosts") + ":1: ssh-rsa ");
    assertThat(check.verify("192.0.2.1", 22, key())).isTrue();
  }

  @Test
  void who_is_told_of_a_new_key_is_told_how_to_fetch_it_and_where_to_put_it() throws Exception {
    Path file = directory.resolve("none");
    HostKeyCheck check = check("", file, Hop.NewHostKeys.REFUSE);

    assertThat(check.verify("192.0.2.1", 2201, key())).isFalse();
    assertThat(check.refusal())
        .contains(" add it to " + file + ", for example with ssh-keyscan -p 2201 192.0.2.1;");

    assertThat(check.verify("192.0.2.1", 22, key())).isFalse();
    assertThat(check.refusal()).contains("ssh-keyscan 192.0.2.1;");
  }

  @Test
  void a_file_that_cannot_be_read_is_not_taken_for_empty() throws Exception {
    Path file = Files.createDirectory(directory.resolve("known_hosts"));
    HostKeyCheck check = check("", file, Hop.NewHostKeys.ACCEPT);

    assertThat(check.verify("192.0.2.1", 22, key())).isFalse();
    assertThat(check.refusal())
        .startsWith(
            "The key of 192.0.2.1 cannot be checked: " + file + " cannot be read as known hosts (");
  }

  @Test
  void a_line_without_a_port_is_for_every_port_if_it_has_the_key() throws Exception {
    PublicKey known = key();
    HostKeyCheck check = check("", "192.0.2.1 " + text(known) + "\n");

    assertThat(check.verify("192.0.2.1", 2222, known)).isTrue();
    assertThat(directory.resolve("known_hosts")).content().doesNotContain("2222");
    assertThat(check.findExistingAlgorithms("192.0.2.1", 2222)).containsExactly("ssh-rsa");
  }

  @Test
  void a_line_with_the_port_wins_over_one_without() throws Exception {
    PublicKey known = key();
    HostKeyCheck check =
        check("", "192.0.2.1 " + text(known) + "\n[192.0.2.1]:2222 " + text(key()) + "\n");

    assertThat(check.verify("192.0.2.1", 2222, known)).isFalse();
    assertThat(check.refusal()).contains("another key", "known_hosts:2", "-R '[192.0.2.1]:2222'");
  }

  @Test
  void another_port_may_have_another_key_which_is_taken_for_new() throws Exception {
    HostKeyCheck check = check("", "192.0.2.1 " + text(key()) + "\n");
    PublicKey other = key();

    assertThat(check.verify("192.0.2.1", 2222, other)).isTrue();
    assertThat(directory.resolve("known_hosts"))
        .content()
        .endsWith("\n[192.0.2.1]:2222 " + text(other) + "\n");
  }

  @Test
  void a_new_key_that_many_connections_see_at_once_is_written_down_once() throws Exception {
    HostKeyCheck check = check("", "");
    PublicKey key = key();

    List<Boolean> trusted =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(number -> check.verify("192.0.2.1", 22, key))
            .toList();

    assertThat(trusted).containsOnly(true);
    assertThat(directory.resolve("known_hosts")).hasContent("192.0.2.1 " + text(key));
    assertThat(told)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.host()).isEqualTo("192.0.2.1");
              assertThat(one.type()).isEqualTo("ssh-rsa");
              assertThat(one.fingerprint()).matches("SHA256:[A-Za-z0-9+/]{43}");
              assertThat(one.file()).isEqualTo(directory.resolve("known_hosts"));
            });
  }
}
