package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KnownHostTest {

  private static KnownHost line(String text) {
    return KnownHost.parse(text, "known_hosts:1").orElseThrow();
  }

  @Test
  void a_negated_name_takes_away_and_adds_nothing() {
    KnownHost line = line("@cert-authority *.lab.example,!db.lab.example ssh-ed25519 AAAA");

    assertThat(line.isAuthority()).isTrue();
    assertThat(line.appliesTo("web.lab.example")).isTrue();
    assertThat(line.appliesTo("db.lab.example")).isFalse();
    assertThat(line.appliesTo("prod.bank.example")).isFalse();
  }

  @Test
  void a_hashed_name_is_known_and_no_other() {
    KnownHost line =
        line("|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAA");

    assertThat(line.appliesTo("192.168.1.61")).isTrue();
    assertThat(line.appliesTo("192.168.1.62")).isFalse();
    assertThat(line("|1|no|hash ssh-rsa AAAA").appliesTo("192.168.1.61")).isFalse();
  }

  @Test
  void a_hashed_name_is_known_to_many_threads_at_once() {
    KnownHost line =
        line("|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-rsa AAAA");

    List<Integer> known =
        IntStream.range(0, 20_000)
            .parallel()
            .filter(number -> line.appliesTo("192.168.1." + number % 100))
            .boxed()
            .toList();

    assertThat(known).hasSize(200).allSatisfy(number -> assertThat(number % 100).isEqualTo(61));
  }

  @Test
  void names_are_compared_in_small_letters() {
    assertThat(line("Web.Example,10.0.0.? ssh-ed25519 AAAA comment").appliesTo("web.example"))
        .isTrue();
  }

  @Test
  void a_key_of_a_kind_that_nobody_here_can_read_still_counts() {
    assertThat(line("web sk-ssh-ed25519@openssh.com AAAA").type())
        .isEqualTo("sk-ssh-ed25519@openssh.com");
  }

  @Test
  void comments_and_lines_of_other_forms_say_nothing() {
    assertThat(KnownHost.parse("# web ssh-rsa AAAA", "")).isEmpty();
    assertThat(KnownHost.parse("  ", "")).isEmpty();
    assertThat(KnownHost.parse("@revoked web ssh-rsa", "")).isEmpty();
    assertThat(KnownHost.parse("@revokd web ssh-rsa AAAA", "")).isEmpty();
  }
}
