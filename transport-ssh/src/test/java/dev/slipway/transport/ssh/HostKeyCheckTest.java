package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostKeyCheckTest {

  @TempDir private Path directory;

  private HostKeyCheck check(String alias, String knownHosts) throws IOException {
    Path file = Files.writeString(directory.resolve("known_hosts"), knownHosts);
    return new HostKeyCheck(
        new KnownHosts(),
        new Hop(
            "deploy",
            "192.0.2.1",
            22,
            new Hop.Login(List.of(), List.of(), false, Optional.empty(), "", ""),
            new Hop.Trust(List.of(file), Hop.NewHostKeys.ACCEPT, alias),
            Optional.empty()));
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
    assertThat(check.refusal()).contains("shows another key than the known one");
  }

  @Test
  void a_key_that_was_revoked_is_refused_though_new_ones_are_taken() throws Exception {
    PublicKey revoked = key();
    HostKeyCheck check = check("", "@revoked * " + text(revoked) + "\n");

    assertThat(check.verify("192.0.2.1", 22, revoked)).isFalse();
    assertThat(check.refusal()).contains("revoked");
    assertThat(check.verify("192.0.2.1", 22, key())).isTrue();
  }
}
