package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.host.plan.CleanupList.Entry;
import dev.slipway.host.plan.CleanupList.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CleanupListTest {

  @Test
  void removes_in_reverse_order_and_does_not_trust_a_line_without_its_end() {
    CleanupList list = CleanupList.parse("/a\n/b\n/c");

    assertThat(list.inRemovalOrder())
        .containsExactly(new Entry(Kind.PATH, "/b"), new Entry(Kind.PATH, "/a"));
  }

  @Test
  void knows_contexts_from_paths() {
    CleanupList list = CleanupList.parse("/a\nsemanage\0/a\n");

    assertThat(list.entries())
        .containsExactly(new Entry(Kind.PATH, "/a"), new Entry(Kind.CONTEXT, "/a"));
  }

  @Test
  void keeps_blanks_at_the_end_of_a_name() {
    assertThat(CleanupList.parse("/a \n").entries()).containsExactly(new Entry(Kind.PATH, "/a "));
  }

  @Test
  void leaves_out_what_is_no_absolute_path() {
    assertThat(CleanupList.parse("\na\n\0\n").entries()).isEmpty();
  }

  @Test
  void reads_what_it_writes() {
    CleanupList list =
        new CleanupList(List.of(new Entry(Kind.PATH, "/a b"), new Entry(Kind.CONTEXT, "/c")));

    assertThat(CleanupList.parse(list.render())).isEqualTo(list);
  }
}
