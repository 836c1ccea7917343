package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleIndexReaderTest {

  private static final Set<String> WANTED = Set.of("appspec.yml");

  private final BundleIndexReader reader = new BundleIndexReader(IntakeOptions.SAFE);

  @TempDir Path temp;

  private BundleIndex read(BundleType type, byte[] archive) throws IOException {
    return reader.read(Files.write(temp.resolve("bundle"), archive), type, WANTED);
  }

  private static String appSpec(BundleIndex index) {
    return new String(
        index.content("appspec.yml").orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR", "TGZ", "ZIP"})
  void keeps_the_bytes_of_a_wanted_file_below_a_leading_directory(BundleType type)
      throws IOException {
    byte[] tar = Archives.tar(t -> t.file("top/appspec.yml", "version: 0.0").file("top/a", "a"));
    byte[] archive =
        switch (type) {
          case TAR -> tar;
          case TGZ -> Archives.gzip(tar);
          default ->
              Archives.zip(z -> z.file("top/appspec.yml", "version: 0.0").file("top/a", "a"));
        };

    BundleIndex index = read(type, archive);

    assertThat(index.entries())
        .containsExactly(BundleEntry.file("a", 0644, 1), BundleEntry.file("appspec.yml", 0644, 12));
    assertThat(appSpec(index)).isEqualTo("version: 0.0");
    assertThat(index.content("a")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"conf/real.yml", "real.yml"})
  void keeps_the_bytes_behind_a_wanted_link(String real) throws IOException {
    byte[] tar =
        Archives.tar(t -> t.file("top/" + real, "linked").symlink("top/appspec.yml", real));

    assertThat(appSpec(read(BundleType.TAR, tar))).isEqualTo("linked");
  }

  @Test
  void keeps_the_bytes_of_a_wanted_hard_link() throws IOException {
    byte[] tar =
        Archives.tar(t -> t.file("a", "hard").hardlink("b", "a").hardlink("appspec.yml", "b"));

    BundleIndex index = read(BundleType.TAR, tar);

    assertThat(index.entry("appspec.yml")).contains(BundleEntry.file("appspec.yml", 0644, 4));
    assertThat(appSpec(index)).isEqualTo("hard");
  }

  @Test
  void has_the_last_of_several_files_of_one_path() throws IOException {
    byte[] tar =
        Archives.tar(t -> t.file("appspec.yml", "first").file("./appspec.yml", "the second"));

    BundleIndex index = read(BundleType.TAR, tar);

    assertThat(appSpec(index)).isEqualTo("the second");
    assertThat(index.entry("appspec.yml").orElseThrow().size()).isEqualTo(10);
  }

  @Test
  void does_not_keep_a_wanted_file_of_more_than_a_megabyte() throws IOException {
    byte[] tar = Archives.tar(t -> t.file("appspec.yml", "#".repeat((1 << 20) + 1)));

    BundleIndex index = read(BundleType.TAR, tar);

    assertThat(index.entry("appspec.yml")).isPresent();
    assertThat(index.content("appspec.yml")).isEmpty();
  }

  @Test
  void reads_a_directory_with_its_own_modes() throws IOException {
    Files.writeString(temp.resolve("appspec.yml"), "version: 0.0");
    UnixFiles.setMode(temp.resolve("appspec.yml"), 0640);
    UnixFiles.setMode(Files.createDirectory(temp.resolve("d")), 0700);

    BundleIndex index = reader.read(temp, BundleType.DIRECTORY, WANTED);

    assertThat(index.entries())
        .containsExactly(
            BundleEntry.file("appspec.yml", 0640, 12), BundleEntry.directory("d", 0700));
    assertThat(appSpec(index)).isEqualTo("version: 0.0");
  }

  @ParameterizedTest
  @EnumSource(BundleType.class)
  void names_a_missing_bundle(BundleType type) {
    assertThatThrownBy(() -> reader.read(temp.resolve("no"), type, WANTED))
        .isInstanceOf(RevisionException.class)
        .hasMessageStartingWith(temp.resolve("no") + " is not a ");
  }

  @Test
  void refuses_a_tgz_that_is_cut_off_or_changed_anywhere() throws IOException {
    byte[] tgz = Archives.gzip(Archives.tar(t -> t.file("a", "a".repeat(3000)).file("b", "b")));
    for (int length = 0; length < tgz.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(tgz, length);
      assertThatThrownBy(() -> read(BundleType.TGZ, cut))
          .as("the first %d bytes", length)
          .isInstanceOf(RevisionException.class);
    }
    byte[] changed = tgz.clone();
    changed[tgz.length - 6] ^= 1;
    assertThatThrownBy(() -> read(BundleType.TGZ, changed))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining("damaged or cut off");
  }
}
