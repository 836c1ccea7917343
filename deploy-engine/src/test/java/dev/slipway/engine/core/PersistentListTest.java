package dev.slipway.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PersistentListTest {

  @Test
  void a_list_holds_what_was_added_in_order_at_every_length() {
    PersistentList<Integer> list = PersistentList.empty();
    List<Integer> plain = new ArrayList<>();

    for (int i = 0; i < 300; i++) {
      assertThat(list).isEqualTo(plain);
      list = list.plus(i);
      plain.add(i);
    }
  }

  @Test
  void two_lists_may_grow_from_one() {
    PersistentList<String> one = PersistentList.<String>empty().plus("a").plus("b");

    assertThat(one.plus("c")).containsExactly("a", "b", "c");
    assertThat(one.plus("d")).containsExactly("a", "b", "d");
    assertThat(one).containsExactly("a", "b");
  }

  @Test
  void an_index_outside_is_refused() {
    assertThatThrownBy(() -> PersistentList.empty().get(0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
