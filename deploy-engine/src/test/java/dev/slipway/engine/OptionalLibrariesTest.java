package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Deployer;
import dev.slipway.fleet.Host;
import dev.slipway.revision.Revision;
import dev.slipway.testkit.ScriptedTransport;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An embedder without the libraries that are optional. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class OptionalLibrariesTest {

  @TempDir private Path directory;

  @Test
  void a_rollout_needs_neither_micrometer_nor_guice() throws Exception {
    try (URLClassLoader bare =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      for (String optional :
          List.of("io.micrometer.core.instrument.MeterRegistry", "com.google.inject.Guice")) {
        assertThatThrownBy(() -> bare.loadClass(optional))
            .isInstanceOf(ClassNotFoundException.class);
      }
      @SuppressWarnings("unchecked") // the class is the one below, seen by another loader
      Function<Path, Callable<String>> embedder =
          (Function<Path, Callable<String>>)
              bare.loadClass(Embedder.class.getName()).getConstructor().newInstance();

      assertThat(embedder.apply(directory).call()).isEqualTo("Succeeded");
    }
  }

  private static URL[] classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("micrometer") && !entry.contains("guice"))
        .map(OptionalLibrariesTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deploys to one host, and says how it ended. */
  public static final class Embedder implements Function<Path, Callable<String>> {

    /** Makes one. */
    public Embedder() {}

    @Override
    public Callable<String> apply(Path directory) {
      return () -> {
        Path bundle = Files.createDirectories(directory.resolve("1.0"));
        Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
        try (Deployer deployer =
            Slipway.builder()
                .inventory(selector -> List.of(Host.named("web-1")))
                .transport(new ScriptedTransport())
                .state(directory.resolve("state"))
                .build()) {
          return deployer
              .rollout("web", "prod")
              .revision(Revision.localDirectory(bundle))
              .to(hosts -> hosts)
              .plan()
              .start()
              .await(Duration.ofMinutes(1))
              .orElseThrow()
              .status()
              .wireName();
        }
      };
    }
  }
}
