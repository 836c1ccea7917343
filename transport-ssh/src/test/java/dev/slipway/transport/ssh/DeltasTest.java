package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a bundle for the hosts that hold some of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeltasTest {

  @TempDir private Path directory;

  private Deltas deltas() throws IOException {
    Bundle bundle =
        Revisions.in(directory.resolve("revision"))
            .file("appspec.yml", "version: 0.0\nos: linux\n")
            .file("kept", "k".repeat(300_000))
            .file("changed", "c".repeat(300_000))
            .pack(BundleType.TAR);
    return SentBundle.of(bundle, directory, Set.of("appspec.yml")).deltas();
  }

  private static Set<String> digests(Deltas deltas, String name) {
    return Objects.requireNonNull(deltas.map()).files().stream()
        .filter(file -> file.path().endsWith(name))
        .map(TarMap.Part::sha256)
        .collect(Collectors.toSet());
  }

  @Test
  void a_host_that_asks_when_all_is_removed_leaves_no_file() throws IOException {
    Deltas deltas = deltas();
    Set<String> held = digests(deltas, "kept");
    assertThat(deltas.to(held)).isPresent();

    deltas.delete();

    assertThat(deltas.to(held)).isEmpty();
    assertThat(directory).isDirectoryNotContaining("glob:**/pieces*");
  }

  @Test
  void pieces_that_somebody_has_removed_are_made_again() throws IOException {
    Deltas deltas = deltas();
    Set<String> held = digests(deltas, "kept");
    Files.delete(deltas.to(held).orElseThrow().pieces());

    assertThat(deltas.to(held).orElseThrow().pieces()).exists();
  }
}
