package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleUnpackerTest {

  @TempDir Path temp;
  private Path target;
  private Unpacking unpacking;

  @BeforeEach
  void place() {
    target = temp.resolve("deployment-archive");
    unpacking = new Unpacking(temp.resolve("bundle.tar"), target);
  }

  private Map<String, String> unpack(BundleType type, byte[] archive) throws IOException {
    return unpacking.of(type, archive, IntakeOptions.SAFE);
  }

  @ParameterizedTest
  @CsvSource({
    "TAR, tar, ok",
    "TAR, tgz, ok",
    "TGZ, tgz, ok",
    "ZIP, zip, ok",
    "TGZ, tar, 'it is something else, not a tar compressed with gzip'",
    "TGZ, zip, 'it is a zip archive, not a tar compressed with gzip'",
    "TAR, zip, 'it is a zip archive, not a tar or a tar compressed with gzip'",
    "TAR, xz, 'it is xz data, not a tar'",
    "TAR, garbage, 'it is no tar, or damaged'",
    "ZIP, tar, 'it is no zip, or damaged'",
    "ZIP, garbage, 'it is no zip, or damaged'",
    "TAR, nothing, 'is empty (0 bytes), no tar'",
    "TGZ, nothing, 'is empty (0 bytes), no tgz'",
    "ZIP, nothing, 'is empty (0 bytes), no zip'"
  })
  void a_type_takes_its_own_archives(BundleType type, String real, String outcome)
      throws IOException {
    byte[] tar = Archives.tar(t -> t.file("a", "a"));
    byte[] archive =
        switch (real) {
          case "tar" -> tar;
          case "tgz" -> Archives.gzip(tar);
          case "zip" -> Archives.zip(z -> z.file("a", "a"));
          case "xz" -> new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0};
          case "garbage" -> TestTree.bytes("q".repeat(2000));
          default -> new byte[0];
        };

    if (outcome.equals("ok")) {
      assertThat(Unpacking.paths(unpack(type, archive))).containsExactly("a");
    } else {
      assertThatThrownBy(() -> unpack(type, archive))
          .isInstanceOf(RevisionException.class)
          .hasMessageContaining(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "top/appspec.yml top/a, appspec.yml a",
    "top/MyAppSpecNotes.txt top/a, MyAppSpecNotes.txt a",
    "top/a top/b, top top/a top/b",
    "top/appspec.yml README, README top top/appspec.yml",
    "a/b/appspec.yml, a a/b a/b/appspec.yml",
    "a/appspec.d/b, appspec.d appspec.d/b",
    "appspec.yml, appspec.yml",
    "./top/appspec.yml ./top/a, appspec.yml a"
  })
  void one_leading_directory_is_taken_off_if_it_holds_an_appspec(String members, String unpacked)
      throws IOException {
    byte[] tar =
        Archives.tar(
            t -> {
              for (String member : members.split(" ", -1)) {
                t.file(member, "x");
              }
            });

    assertThat(Unpacking.paths(unpack(BundleType.TAR, tar)))
        .containsExactlyInAnyOrder(unpacked.split(" ", -1));
    BundleIndex index =
        new BundleIndexReader(IntakeOptions.SAFE)
            .read(temp.resolve("bundle.tar"), BundleType.TAR, Set.of());
    assertThat(index.entries().stream().map(BundleEntry::path))
        .containsExactlyInAnyOrder(unpacked.split(" ", -1));
  }

  @Test
  void a_leading_directory_that_nobody_may_enter_is_opened() throws IOException {
    byte[] tar =
        Archives.tar(
            t -> t.entry("top/", (byte) '5', "", e -> e.setMode(0)).file("top/appspec.yml", ""));

    assertThat(Unpacking.paths(unpack(BundleType.TAR, tar))).containsExactly("appspec.yml");
    assertThat(UnixFiles.status(target).orElseThrow().permissions()).isEqualTo(0755);
  }

  @Test
  void a_directory_is_copied_with_its_links_and_without_its_times() throws IOException {
    Path source = Files.createDirectory(temp.resolve("source"));
    TestTree.fill(source, 3);
    Files.createDirectory(source.resolve("closed"));
    Files.writeString(source.resolve("closed/s"), "s");
    UnixFiles.setMode(source.resolve("closed/s"), 04750);
    UnixFiles.setMode(source.resolve("closed"), 0700);

    new BundleUnpacker(IntakeOptions.SAFE).unpack(source, BundleType.DIRECTORY, target);

    assertThat(Unpacking.paths(TestTree.describe(target)))
        .isEqualTo(Unpacking.paths(TestTree.describe(source)));
    assertThat(UnixFiles.status(target.resolve("closed/s")).orElseThrow().permissions())
        .isEqualTo(0750);
    assertThat(UnixFiles.status(target.resolve("closed")).orElseThrow().permissions())
        .isEqualTo(
            UnixFiles.status(Files.createDirectory(temp.resolve("new")))
                .orElseThrow()
                .permissions());
  }

  @Test
  void a_directory_keeps_its_leading_directory() throws IOException {
    Path source = temp.resolve("source");
    Files.createDirectories(source.resolve("top"));
    Files.createFile(source.resolve("top/appspec.yml"));

    new BundleUnpacker(IntakeOptions.SAFE).unpack(source, BundleType.DIRECTORY, target);

    assertThat(target.resolve("top/appspec.yml")).exists();
  }

  @Test
  void a_directory_is_not_copied_into_itself() {
    assertThatThrownBy(
            () -> new BundleUnpacker(IntakeOptions.SAFE).unpack(temp, BundleType.DIRECTORY, target))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining("cannot be copied into itself");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void what_was_there_before_is_replaced() throws IOException {
    Files.createDirectory(target);
    Files.createFile(target.resolve("old"));

    assertThat(Unpacking.paths(unpack(BundleType.TAR, Archives.tar(t -> t.file("new", "")))))
        .containsExactly("new");
  }

  @Test
  void a_failure_leaves_what_was_there_before() throws IOException {
    Files.createDirectory(target);
    Files.createFile(target.resolve("old"));
    byte[] tar = Archives.tar(t -> t.directory("d").file("d/new", "").file("../x", ""));

    assertThatThrownBy(() -> unpack(BundleType.TAR, tar)).isInstanceOf(RevisionException.class);

    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).containsExactlyInAnyOrder(target, temp.resolve("bundle.tar"));
    }
    assertThat(Unpacking.paths(TestTree.describe(target))).containsExactly("old");
  }

  @Test
  void a_missing_bundle_is_named() {
    assertThatThrownBy(
            () ->
                new BundleUnpacker(IntakeOptions.SAFE)
                    .unpack(temp.resolve("no.tgz"), BundleType.TGZ, target))
        .isInstanceOf(RevisionException.class)
        .hasMessage(
            temp.resolve("no.tgz") + " is not a file; a bundle of type tgz is one archive file");
  }

  @ParameterizedTest
  @EnumSource(BundleType.class)
  void an_interrupt_ends_it_and_leaves_nothing(BundleType type) throws IOException {
    Path bundle =
        switch (type) {
          case DIRECTORY -> Files.createDirectory(temp.resolve("source"));
          case TAR -> write(Archives.tar(t -> t.file("a", "a")));
          case TGZ -> write(Archives.gzip(Archives.tar(t -> t.file("a", "a"))));
          case ZIP -> write(Archives.zip(z -> z.file("a", "a")));
        };
    if (type == BundleType.DIRECTORY) {
      Files.writeString(bundle.resolve("a"), "a");
    }
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> new BundleUnpacker(IntakeOptions.SAFE).unpack(bundle, type, target))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).containsExactly(bundle);
    }
  }

  private Path write(byte[] archive) throws IOException {
    return Files.write(temp.resolve("bundle.tar"), archive);
  }
}
