package dev.slipway.fleet;

import static dev.slipway.fleet.HostSelector.anyOf;
import static dev.slipway.fleet.TagFilter.keyOnly;
import static dev.slipway.fleet.TagFilter.valueOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostSelectorTest {

  private static final Host HOST =
      new Host(
          new HostId("host"),
          "host",
          "",
          Map.of("Region", "North", "Team", "A", "Stage", "Prod", "Note", "x.y\nz"),
          Map.of());

  @ParameterizedTest
  @MethodSource("selectors")
  void any_filter_of_every_group_is_enough(HostSelector selector, boolean expected) {
    assertThat(selector.matches(HOST)).isEqualTo(expected);
  }

  static Stream<Arguments> selectors() {
    return Stream.of(
        yes(anyOf(TagFilter.of("Region", "South"), TagFilter.of("Team", "A"))),
        no(anyOf(TagFilter.of("Region", "South")).and(TagFilter.of("Team", "A"))),
        yes(
            anyOf(TagFilter.of("Region", "South"), TagFilter.of("Region", "North"))
                .and(TagFilter.of("Team", "A"), TagFilter.of("Team", "B"))),
        yes(anyOf(keyOnly("Stage")).and(valueOnly("A"))),
        no(anyOf(keyOnly("Stage")).and(valueOnly("a"))),
        no(anyOf(keyOnly("stage"))),
        yes(anyOf(TagFilter.of("Region", "No*"))),
        yes(anyOf(TagFilter.of("Region", "*"))),
        yes(anyOf(TagFilter.of("Region", "*or*h"))),
        yes(anyOf(TagFilter.of("Region", "North*"))),
        no(anyOf(TagFilter.of("Region", "no*"))),
        no(anyOf(TagFilter.of("Region", "N*a"))),
        yes(anyOf(valueOnly("*orth"))),
        yes(anyOf(TagFilter.of("Note", "x.*z"))),
        no(anyOf(TagFilter.of("Note", "x?y*"))),
        no(anyOf(keyOnly("Reg*"))),
        no(HostSelector.none()));
  }

  @Test
  void an_empty_group_is_refused() {
    assertThatThrownBy(
            () -> new HostSelector(List.of(List.of(), List.of(TagFilter.of("Team", "A")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one filter");
  }

  @Test
  void a_filter_says_something() {
    assertThatThrownBy(() -> new TagFilter(null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Arguments yes(HostSelector selector) {
    return Arguments.of(selector, true);
  }

  private static Arguments no(HostSelector selector) {
    return Arguments.of(selector, false);
  }
}
