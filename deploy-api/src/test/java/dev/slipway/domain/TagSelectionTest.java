package dev.slipway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.TagFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TagSelectionTest {

  private static final TagFilter SOUTH = TagFilter.of("Region", "South");
  private static final TagFilter NORTH = TagFilter.of("Region", "North");
  private static final TagFilter TEAM_A = TagFilter.of("Team", "A");
  private static final TagFilter TEAM_B = TagFilter.of("Team", "B");
  private static final TagFilter STAGE = TagFilter.keyOnly("Stage");

  private static boolean selects(TagSelection selection) {
    return selection
        .selector()
        .matches(
            new Host(
                new HostId("web-1"),
                "web-1",
                "",
                Map.of("Region", "North", "Team", "A", "Stage", "Prod"),
                Map.of()));
  }

  private static TagSelection set(List<TagFilter> first, List<TagFilter> second) {
    return TagSelection.allOf(List.of(first, second));
  }

  @Test
  void any_filter_of_a_flat_list_is_enough() {
    assertThat(selects(TagSelection.anyOf(SOUTH, TEAM_A))).isTrue();
    assertThat(selects(TagSelection.anyOf(SOUTH, TEAM_B))).isFalse();
    assertThat(selects(TagSelection.anyOf(TagFilter.of("Region", "No*")))).isTrue();
  }

  @Test
  void every_group_of_a_set_needs_one_of_its_filters() {
    assertThat(selects(set(List.of(SOUTH), List.of(TEAM_A)))).isFalse();
    assertThat(selects(set(List.of(SOUTH, NORTH), List.of(TEAM_A, TEAM_B)))).isTrue();
    assertThat(selects(set(List.of(STAGE), List.of(TagFilter.valueOnly("A"))))).isTrue();
    assertThat(selects(set(List.of(STAGE), List.of(TagFilter.valueOnly("a"))))).isFalse();
  }

  @Test
  void no_filter_selects_nobody() {
    assertThat(selects(TagSelection.NONE)).isFalse();
    assertThat(TagSelection.NONE.selectsNobody()).isTrue();
  }
}
