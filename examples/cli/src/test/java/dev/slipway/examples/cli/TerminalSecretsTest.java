package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.transport.ssh.Secrets.Kind;
import dev.slipway.transport.ssh.Secrets.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TerminalSecretsTest {

  private final List<String> shown = new ArrayList<>();

  private final TerminalSecrets secrets =
      new TerminalSecrets(
          question -> {
            shown.add(question);
            return Optional.of("sesame".toCharArray());
          });

  @Test
  void an_account_is_asked_about_once_for_all_hosts() {
    for (String server : List.of("web-1:22", "web-2:22")) {
      assertThat(secrets.answer(new Question(Kind.PASSWORD, "ann", server, null)))
          .hasValueSatisfying(answer -> assertThat(answer).containsExactly("sesame".toCharArray()));
      secrets.answer(new Question(Kind.SUDO_PASSWORD, "ann", server, null));
      secrets.answer(new Question(Kind.PASSPHRASE, "ann", server, Path.of("/k/id")));
    }
    secrets.answer(new Question(Kind.PASSWORD, "bob", "web-1:22", null));

    assertThat(shown)
        .containsExactly(
            "Password of ann: ",
            "Password of ann for sudo: ",
            "Passphrase of /k/id: ",
            "Password of bob: ");
  }

  @Test
  void who_overwrites_an_answer_has_a_copy_of_it() {
    Question question = new Question(Kind.PASSWORD, "ann", "web-1:22", null);
    secrets.answer(question).ifPresent(answer -> answer[0] = 'x');

    assertThat(secrets.answer(question))
        .hasValueSatisfying(answer -> assertThat(answer[0]).isEqualTo('s'));
  }

  @Test
  void where_nobody_is_there_is_no_answer() {
    TerminalSecrets nobody = new TerminalSecrets(question -> Optional.empty());

    assertThat(nobody.answer(new Question(Kind.PASSWORD, "ann", "web-1:22", null))).isEmpty();
  }

  @Test
  void settings_that_are_asked_for_say_so() {
    assertThat(TerminalSecrets.asking(List.of("password"))).isEqualTo(Map.of("password", "ask"));
  }
}
