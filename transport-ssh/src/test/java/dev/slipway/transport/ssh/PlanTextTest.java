package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.appspec.AclEntry;
import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels between the control side and a runner as text. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanTextTest {

  @Test
  void a_text_says_over_how_many_lines_it_goes() {
    byte[] bytes =
        new PlanText().line("word", 2).text("one").text("two\nlines\n").text("").toBytes();

    assertThat(new String(bytes, UTF_8)).isEqualTo("word 2\n1\none\n3\ntwo\nlines\n\n1\n\n");
  }

  @Test
  void a_text_cannot_hold_a_zero_byte() {
    assertThatThrownBy(() -> new PlanText().text("a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zero byte: a?b");
  }

  @Test
  void few_names_are_texts() {
    byte[] bytes =
        new StepText(Set.of())
            .step("begin")
            .each("chmod", List.of(), List.of("/a b", "/c\nd"), "644")
            .each("copy", List.of("/to"), List.of("/é"))
            .each("rmdir", List.of(), List.of())
            .toBytes();

    assertThat(new String(bytes, UTF_8))
        .isEqualTo("steps\nbegin 0 0\nchmod 0 2 644\n1\n/a b\n2\n/c\nd\ncopy 0 1\n1\n/to\n1\n/é\n");
  }

  @Test
  void many_names_have_a_zero_byte_behind_each() {
    String one = "/a b/" + "x".repeat(2000);
    String other = "/c\nd/" + "y".repeat(2000);

    byte[] bytes =
        new StepText(Set.of()).each("copy", List.of("/to"), List.of(one, other)).toBytes();

    assertThat(new String(bytes, UTF_8))
        .isEqualTo("steps\ncopy 4012 0\n1\n/to\n" + one + "\0" + other + "\0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2048, 2049})
  void a_shell_gets_text_that_is_short(int length) {
    assertThat(PlanText.isShort("x".repeat(length).getBytes(UTF_8))).isEqualTo(length <= 2048);
  }

  @Test
  void a_shell_gets_no_zero_bytes() {
    assertThat(PlanText.isShort(new byte[] {'a', 0, 'b'})).isFalse();
  }

  @Test
  void an_access_control_list_leaves_to_the_host_what_follows_from_the_mode() {
    AclEntry bob = new AclEntry(false, AclEntry.Kind.USER, "bob", 6);
    AclEntry inherited = new AclEntry(true, AclEntry.Kind.USER, "bob", 4);

    assertThat(AclTemplate.of(List.of(bob)))
        .isEqualTo("user:bob:rw-,user::@u,group::@g,other::@o,mask::@g");
    assertThat(AclTemplate.of(List.of(inherited)))
        .isEqualTo(
            "default:user:bob:r--,user::@u,group::@g,other::@o,"
                + "default:user::@u,default:group::@g,default:other::@o,default:mask::@g");
  }

  @Test
  void reads_the_listing_of_a_revision() throws IOException {
    String listing = "d 1 a\nf 9 a/Grüße\nl 3 a/l\nt 6 Grüße\n".replace("t 6", "t 7");

    BundleIndex index = ListedTree.parse(listing.getBytes(UTF_8));

    assertThat(index.entries())
        .extracting(BundleEntry::path)
        .containsExactlyInAnyOrder("a", "a/Grüße", "a/l");
    assertThat(index.entry("a/l")).map(BundleEntry::linkTarget).hasValue("Grüße");
  }

  @ParameterizedTest
  @ValueSource(strings = {"f 5 ab\n", "f x ab\n", "l 1 a\n", "q 1 a\n", "f"})
  void refuses_a_listing_that_makes_no_sense(String listing) {
    assertThatThrownBy(() -> ListedTree.parse(listing.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the host");
  }
}
