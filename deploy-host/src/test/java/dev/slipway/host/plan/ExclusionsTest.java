package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExclusionsTest {

  @ParameterizedTest(name = "{0} leaves out {1}: {2}")
  @CsvSource({
    "*.log, a.log, true",
    "*.log, deep/er/a.log, true",
    "*.log, a.log.gz, false",
    "/*.log, a.log, true",
    "/*.log, deep/a.log, false",
    "conf/*.yml, conf/a.yml, true",
    "conf/*.yml, conf/b/a.yml, false",
    "conf/**/a.yml, conf/a.yml, true",
    "conf/**/a.yml, conf/b/c/a.yml, true",
    "conf/**, conf/b/c, true",
    "conf/**, conf, true",
    "**, anything/at/all, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a[b]c, abc, false",
    "a[b]c, a[b]c, true",
    ".git/, .git/, true",
    ".git/, .git, false",
    "node_modules, x/node_modules/, true",
    "'', a, false",
    "/, a/, false",
  })
  void are_globs_below_the_source(String glob, String path, boolean covered) {
    boolean directory = path.endsWith("/");
    String name = directory ? path.substring(0, path.length() - 1) : path;

    assertThat(new Exclusions(List.of(glob)).cover(name, directory)).isEqualTo(covered);
  }

  @Test
  void take_no_time_for_a_glob_of_many_stars() {
    String glob = "**/*a*a*a*a*a*a*a*a*a*a*b/".repeat(20) + "x";
    String path = ("a".repeat(200) + "/").repeat(20) + "y";

    assertThat(new Exclusions(List.of(glob)).cover(path, false)).isFalse();
  }
}
