package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.appspec.AclEntry;
import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import java.io.IOException;
import java.util.List;
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
  void names_have_a_zero_byte_behind_each() {
    byte[] bytes =
        new StepText()
            .step("begin")
            .each("chmod", List.of(), List.of("/a b", "/c\nd"), "644")
            .each("copy", List.of("/to"), List.of("/é"))
            .each("rmdir", List.of(), List.of())
            .toBytes();

    assertThat(new String(bytes, UTF_8))
        .isEqualTo("steps\nbegin 0\nchmod 10 644\n/a b\0/c\nd\0copy 4\n1\n/to\n/é\0");
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
