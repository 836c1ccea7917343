package dev.slipway.host.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.Permission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ObjectPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/a, **, '', /a/b/c, true",
    "/a, **, '', /a, false",
    "/a, *, '', /a/b, true",
    "/a, *, '', /a/b/c, false",
    "/a, *, '', /a/.hidden, true",
    "/a, *.txt, '', /a/.txt, true",
    "/a, *.txt, '', /a/x.txt.bak, false",
    "/a, a?c, '', /a/a?c, true",
    "/a, a?c, '', /a/abc, false",
    "/a, **x, '', /a/bx, true",
    "/a, **x, '', /a/b/x, false",
    "/a, a*b*c, '', /a/aXbYc, true",
    "/a, '', '', /a/b, false",
    "/a, **, b, /a/b, false",
    "/a, **, b, /a/b/c, true",
    "/a, **, c, /a/b/c, true",
    "/a, **, b/c, /a/b/c, true",
    "/a, **, /a/b/c, /a/b/c, true",
    "/a, **, *, /a/.h, false",
    "/ab, **, '', /abc/d, false",
    "/, **, '', /x, true"
  })
  void applies_to_what_a_permission_means(
      String object, String pattern, String except, String path, boolean applies) {
    List<String> excepted = except.isEmpty() ? List.of() : List.of(except);
    Permission permission =
        new Permission(
            object, pattern, excepted, Set.of(ObjectType.FILE), null, null, null, List.of(), null);

    assertThat(new ObjectPattern(object, permission, false).appliesTo(path)).isEqualTo(applies);
  }

  @ParameterizedTest
  @CsvSource({
    "**, '', b/c, true",
    "*, '', b, true",
    "*.txt, '', b/c.txt, true",
    "b/*.txt, '', b/c.txt, true",
    "b/*.txt, '', b/c/d.txt, false",
    "/a/b, '', b/c, true",
    "**, b, b/c, false",
    "**, b/c, b/c, false",
    "**, /a/b/c, b/c/d, false",
    "**, b/, b, true",
    "'', '', b, false"
  })
  void may_be_a_glob_over_directories(
      String pattern, String except, String below, boolean applies) {
    List<String> excepted = except.isEmpty() ? List.of() : List.of(except);
    Permission permission =
        new Permission(
            "/a", pattern, excepted, Set.of(ObjectType.FILE), null, null, null, List.of(), null);

    assertThat(new ObjectPattern("/a", permission, true).appliesTo("/a/" + below))
        .isEqualTo(applies);
  }
}
