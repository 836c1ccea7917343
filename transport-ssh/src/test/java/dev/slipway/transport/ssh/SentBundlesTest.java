package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SentBundlesTest {

  @TempDir private Path directory;

  private Bundle zip() throws IOException {
    return Revisions.in(directory.resolve("revision"))
        .file("appspec.yml", "version: 0.0\nos: linux\n")
        .pack(BundleType.ZIP);
  }

  private Path packed() throws IOException {
    return Files.createDirectories(directory.resolve("packed"));
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(packed())) {
      return files.count();
    }
  }

  @Test
  void a_bundle_is_packed_once_and_removed_with_the_last_who_uses_it() throws Exception {
    AtomicInteger times = new AtomicInteger();
    SentBundles bundles =
        new SentBundles(
            packed(),
            (bundle, in, appSpecs) -> {
              times.incrementAndGet();
              return SentBundle.of(bundle, in, appSpecs);
            });
    Bundle zip = zip();
    SentBundles.Lease one = bundles.lease(zip, Set.of("appspec.yml"));
    SentBundles.Lease two = bundles.lease(zip, Set.of("appspec.yml"));

    assertThat(one.get()).isSameAs(two.get());
    one.close();
    assertThat(two.get().file()).exists();
    two.close();

    assertThat(times).hasValue(1);
    assertThat(files()).isZero();
  }

  @Test
  void a_bundle_that_nobody_wants_any_more_when_it_is_packed_is_removed() throws Exception {
    CompletableFuture<SentBundles.Lease> only = new CompletableFuture<>();
    SentBundles bundles =
        new SentBundles(
            packed(),
            (bundle, in, appSpecs) -> {
              SentBundle sent = SentBundle.of(bundle, in, appSpecs);
              only.join().close();
              return sent;
            });
    only.complete(bundles.lease(zip(), Set.of("appspec.yml")));

    only.join().get();

    assertThat(files()).isZero();
  }
}
