package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the engine brings into an embedder's class path. The README states the same bounds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RuntimeTreeTest {

  private static final int MOST_JARS = 15;
  private static final long MOST_BYTES = 6L * 1024 * 1024;

  private static List<Path> jars = List.of();

  @BeforeAll
  static void read() throws IOException {
    String classPath = Files.readString(Path.of("target", "runtime.classpath")).strip();
    jars =
        Stream.of(classPath.split(":"))
            .map(Path::of)
            .filter(path -> path.toString().endsWith(".jar"))
            .filter(path -> !path.getFileName().toString().startsWith("deploy-"))
            .toList();
  }

  @Test
  void the_engine_brings_few_jars() {
    assertThat(jars).hasSizeLessThanOrEqualTo(MOST_JARS);
  }

  @Test
  void the_engine_brings_few_bytes() throws IOException {
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
  }
}
