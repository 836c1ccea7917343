package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundlePackerTest {

  private final BundlePacker packer = new BundlePacker(IntakeOptions.SAFE);
  private final BundleUnpacker unpacker = new BundleUnpacker(IntakeOptions.SAFE);
  private final BundleIndexReader reader = new BundleIndexReader(IntakeOptions.SAFE);

  @TempDir Path temp;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void packed_and_unpacked_a_tree_is_the_same(long seed) throws IOException {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    TestTree.fill(tree, seed);
    BundleType type = seed % 2 == 0 ? BundleType.TAR : BundleType.TGZ;
    Path archive = temp.resolve("bundle");

    packer.pack(tree, archive, type);
    unpacker.unpack(archive, type, temp.resolve("out"));

    assertThat(TestTree.describe(temp.resolve("out"))).isEqualTo(TestTree.describe(tree));
    assertThat(reader.read(archive, type, Set.of()).entries())
        .containsExactlyElementsOf(reader.read(tree, BundleType.DIRECTORY, Set.of()).entries());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tar_itself_unpacks_what_was_packed(long seed) throws Exception {
    assumeTrue(Programs.exist("tar"), "tar is not installed");
    Path tree = Files.createDirectory(temp.resolve("tree"));
    TestTree.fill(tree, seed);
    Path out = Files.createDirectory(temp.resolve("out"));

    packer.pack(tree, temp.resolve("b.tgz"), BundleType.TGZ);
    Programs.run("tar", "-xpzf", temp.resolve("b.tgz").toString(), "-C", out.toString());

    assertThat(TestTree.describe(out)).isEqualTo(TestTree.describe(tree));
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR", "TGZ"})
  void the_same_tree_gives_the_same_bytes(BundleType type) throws IOException {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    Path again = Files.createDirectory(temp.resolve("again"));
    TestTree.fill(tree, 7);
    TestTree.fill(again, 7);

    packer.pack(tree, temp.resolve("one"), type);
    packer.pack(again, temp.resolve("two"), type);

    assertThat(temp.resolve("two")).hasSameBinaryContentAs(temp.resolve("one"));
    assertThat(BundleDigest.of(temp.resolve("two")))
        .isEqualTo(BundleDigest.of(temp.resolve("one")));
  }

  @Test
  void a_digest_is_that_of_sha256() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "abc");

    assertThat(BundleDigest.of(file).sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void an_archive_is_not_packed_into_itself() throws IOException {
    Path tree = Files.createDirectory(temp.resolve("tree"));

    assertThatThrownBy(() -> packer.pack(tree, tree.resolve("b.tgz"), BundleType.TGZ))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining("inside of");
    assertThat(TestTree.describe(tree)).isEmpty();
  }

  @Test
  void a_failure_leaves_no_archive() throws Exception {
    assumeTrue(Programs.exist("mkfifo"), "mkfifo is not installed");
    Path tree = Files.createDirectory(temp.resolve("tree"));
    Files.writeString(tree.resolve("a"), "a");
    Programs.run("mkfifo", tree.resolve("pipe").toString());

    assertThatThrownBy(() -> packer.pack(tree, temp.resolve("b.tgz"), BundleType.TGZ))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining("\"pipe\" is a device, pipe or socket");
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).isEqualTo(List.of(tree));
    }
  }

  @Test
  void a_missing_directory_is_named() {
    assertThatThrownBy(() -> packer.pack(temp.resolve("no"), temp.resolve("b"), BundleType.TAR))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining(temp.resolve("no") + " is not a directory");
  }
}
