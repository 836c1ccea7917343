package dev.slipway.host.bundle;

import static dev.slipway.host.bundle.BundleEntry.directory;
import static dev.slipway.host.bundle.BundleEntry.file;
import static dev.slipway.host.bundle.BundleEntry.symlink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.host.bundle.BundleResolution.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleIndexTest {

  private static final BundleIndex TREE =
      index(
          file("app/bin/run", 0755, 7),
          file("appspec.yml", 0644, 3),
          symlink("current", "app"),
          symlink("app/up", ".."),
          symlink("app/run", "./bin//run"),
          symlink("dangling", "no/where"),
          symlink("out", "/etc/passwd"),
          symlink("app/above", "../../x"),
          symlink("a", "b"),
          symlink("b", "a"),
          symlink("slash", "app/"),
          directory("empty", 0700));

  private static BundleIndex index(BundleEntry... entries) {
    return BundleIndex.of(List.of(entries), Map.of());
  }

  @Test
  void holds_the_directories_that_its_entries_imply() {
    assertThat(index(file("a/b/c", 0644, 1)).entries())
        .containsExactly(directory("a", 0755), directory("a/b", 0755), file("a/b/c", 0644, 1));
  }

  @Test
  void is_in_the_order_of_the_bytes_of_the_names() {
    BundleIndex index =
        index(
            file("\uD83D\uDE80", 0644, 0),
            file("\uFFFC", 0644, 0),
            file("d/x", 0644, 0),
            file("d.txt", 0644, 0),
            file("d-", 0644, 0),
            file("Z", 0644, 0));

    assertThat(index.entries().stream().map(BundleEntry::path))
        .containsExactly("Z", "d", "d-", "d.txt", "d/x", "\uFFFC", "\uD83D\uDE80");
    assertThat(index.children("").stream().map(BundleEntry::name))
        .containsExactly("Z", "d", "d-", "d.txt", "\uFFFC", "\uD83D\uDE80");
  }

  @Test
  void has_children_of_directories_only() {
    assertThat(TREE.children("app/bin")).containsExactly(file("app/bin/run", 0755, 7));
    assertThat(TREE.children("empty")).isEmpty();
    assertThat(TREE.children("current")).isEmpty();
    assertThat(TREE.children("no")).isEmpty();
    assertThat(index().entry("")).contains(directory("", 0755));
  }

  @ParameterizedTest(name = "{0} leads to {2}: {1}")
  @CsvSource({
    "app/bin/run, FOUND, app/bin/run",
    "/app//bin/./run, FOUND, app/bin/run",
    "'', FOUND, ''",
    "/, FOUND, ''",
    "app/bin/.., FOUND, app",
    "current, FOUND, app",
    "current/bin/run, FOUND, app/bin/run",
    "current/run, FOUND, app/bin/run",
    "app/up/current/up/appspec.yml, FOUND, appspec.yml",
    "slash/bin, FOUND, app/bin",
    "nothing, MISSING, nothing",
    "dangling, MISSING, no",
    "appspec.yml/x, MISSING, appspec.yml",
    "app/bin/run/.., MISSING, app/bin/run",
    "nothing/.., MISSING, nothing",
    ".., OUTSIDE, ''",
    "app/../.., OUTSIDE, ''",
    "out, OUTSIDE, out",
    "app/above, OUTSIDE, ''",
    "a, LOOP, a"
  })
  void follows_links_like_a_kernel_and_never_outwards(String path, Outcome outcome, String end) {
    assertThat(TREE.resolve(path)).isEqualTo(new BundleResolution(outcome, end));
  }

  @Test
  void gives_the_kept_bytes_through_links_and_as_copies() {
    byte[] bytes = {1, 2, 3};
    BundleIndex index =
        BundleIndex.of(
            List.of(file("conf/a.yml", 0644, 3), symlink("appspec.yml", "conf/a.yml")),
            Map.of("conf/a.yml", bytes));
    bytes[0] = 9;
    index.content("appspec.yml").orElseThrow()[1] = 9;

    assertThat(index.content("appspec.yml").orElseThrow()).containsExactly(1, 2, 3);
    assertThat(index.content("conf")).isEmpty();
    assertThat(index.content("nothing")).isEmpty();
  }

  @Test
  void refuses_what_is_no_tree() {
    assertThatThrownBy(() -> index(file("a", 0644, 0), directory("a", 0755)))
        .hasMessageContaining("each path once, but twice a");
    assertThatThrownBy(() -> index(file("a", 0644, 0), file("a/b", 0644, 0)))
        .hasMessageContaining("only a directory has something below it, but a is a FILE");
    assertThatThrownBy(() -> BundleIndex.of(List.of(), Map.of("a", new byte[0])))
        .hasMessageContaining("a content belongs to a file, but not a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a/", "a//b", ".", "a/..", "../a", "a/./b", "a\0b"})
  void refuses_paths_that_are_not_in_their_one_form(String path) {
    assertThatThrownBy(() -> file(path, 0644, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_entries_that_cannot_be() {
    assertThatThrownBy(() -> file("a", 010000, 0)).hasMessageContaining("0 to 07777");
    assertThatThrownBy(() -> file("a", 0644, -1)).hasMessageContaining("cannot be -1");
    assertThatThrownBy(() -> new BundleEntry("a", EntryKind.DIRECTORY, 0755, 1, ""))
        .hasMessageContaining("size of a DIRECTORY cannot be 1");
    assertThatThrownBy(() -> symlink("a", "")).hasMessageContaining("has a target");
    assertThatThrownBy(() -> new BundleEntry("a", EntryKind.FILE, 0644, 1, "b"))
        .hasMessageContaining("has a target");
  }
}
