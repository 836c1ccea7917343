package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes in what GNU tar and Info-ZIP write, and compares with what they unpack. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RealToolsTest {

  private final BundleUnpacker unpacker = new BundleUnpacker(IntakeOptions.SAFE);
  private final BundleIndexReader reader = new BundleIndexReader(IntakeOptions.SAFE);

  @TempDir Path temp;

  static Stream<Arguments> tarFormatsAndSeeds() {
    List<Arguments> all = new ArrayList<>();
    for (String format : List.of("gnu", "pax", "oldgnu")) {
      for (long seed = 100; seed < 120; seed++) {
        all.add(Arguments.of(format, seed));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("tarFormatsAndSeeds")
  void what_tar_packs_is_unpacked_the_same(String format, long seed) throws Exception {
    assumeTrue(Programs.exist("tar"), "tar is not installed");
    Path tree = Files.createDirectory(temp.resolve("tree"));
    TestTree.fill(tree, seed);
    Path bundle = temp.resolve("b");
    Programs.run("tar", "--format", format, "-czf", bundle.toString(), "-C", tree.toString(), ".");

    unpacker.unpack(bundle, BundleType.TGZ, temp.resolve("out"));

    assertThat(TestTree.describe(temp.resolve("out"))).isEqualTo(TestTree.describe(tree));
    assertThat(reader.read(bundle, BundleType.TGZ, Set.of()).entries())
        .containsExactlyElementsOf(reader.read(tree, BundleType.DIRECTORY, Set.of()).entries());
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("tarFormatsAndSeeds")
  void what_zip_packs_is_unpacked_the_same(String ignored, long seed) throws Exception {
    assumeTrue(Programs.exist("zip", "env"), "zip is not installed");
    Path tree = Files.createDirectory(temp.resolve("tree"));
    TestTree.fill(tree, seed + ignored.length() * 1000L);
    Files.createFile(tree.resolve("one"));
    Path bundle = temp.resolve("b.zip");
    Programs.run("env", "-C", tree.toString(), "zip", "-ryq", bundle.toString(), ".");

    unpacker.unpack(bundle, BundleType.ZIP, temp.resolve("out"));

    assertThat(withoutWhatZipLoses(temp.resolve("out"))).isEqualTo(withoutWhatZipLoses(tree));
    assertThat(reader.read(bundle, BundleType.ZIP, Set.of()).entries())
        .extracting(BundleEntry::path, BundleEntry::size, BundleEntry::linkTarget)
        .containsExactlyElementsOf(
            reader.read(tree, BundleType.DIRECTORY, Set.of()).entries().stream()
                .map(e -> org.assertj.core.groups.Tuple.tuple(e.path(), e.size(), e.linkTarget()))
                .toList());
  }

  /** The times of links, and the sticky bit. */
  private static Map<String, String> withoutWhatZipLoses(Path tree) throws IOException {
    Map<String, String> described = new TreeMap<>(TestTree.describe(tree));
    described.replaceAll(
        (path, is) ->
            is.replaceFirst("^link \\d+", "link").replaceFirst("directory 1777", "directory 777"));
    return described;
  }

  @Test
  void a_sparse_file_of_tar_is_unpacked_whole() throws Exception {
    assumeTrue(Programs.exist("tar", "truncate"), "tar is not installed");
    Path tree = Files.createDirectory(temp.resolve("tree"));
    Path sparse = Files.writeString(tree.resolve("sparse"), "start");
    Programs.run("truncate", "-s", "3000000", sparse.toString());
    Files.writeString(sparse, "end", java.nio.file.StandardOpenOption.APPEND);
    for (String format : List.of("gnu", "pax")) {
      Path bundle = temp.resolve("b-" + format);
      Programs.run(
          "tar", "--format", format, "-cSf", bundle.toString(), "-C", tree.toString(), "sparse");

      unpacker.unpack(bundle, BundleType.TAR, temp.resolve("out"));

      assertThat(Files.size(bundle)).isLessThan(100_000);
      assertThat(temp.resolve("out/sparse")).hasSameBinaryContentAs(sparse);
      assertThat(reader.read(bundle, BundleType.TAR, Set.of()).entry("sparse").orElseThrow().size())
          .isEqualTo(3_000_003);
    }
  }

  @Test
  void a_zip_without_utc_times_gets_the_times_that_unzip_gives_it() throws Exception {
    assumeTrue(Programs.exist("unzip"), "unzip is not installed");
    Path bundle = temp.resolve("b.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
      for (long month = 0; month < 24; month++) {
        ZipEntry entry = new ZipEntry("f" + month);
        entry.setTime((1_000_000_000 + month * 2_600_000) * 1000);
        zip.putNextEntry(entry);
      }
    }
    Programs.run("unzip", "-qo", bundle.toString(), "-d", temp.resolve("theirs").toString());

    unpacker.unpack(bundle, BundleType.ZIP, temp.resolve("ours"));

    assertThat(TestTree.describe(temp.resolve("ours")))
        .isEqualTo(TestTree.describe(temp.resolve("theirs")));
  }

  static Stream<Arguments> hostsAndAttributes() {
    List<Arguments> all = new ArrayList<>();
    for (int host : new int[] {Archives.FAT, Archives.UNIX, Archives.NTFS, 11, 14, 19, 7}) {
      for (long attributes :
          new long[] {
            0, 0x20, 0x10, 0100600L << 16, 0100755L << 16, 0104755L << 16, 0100755L << 16 | 0x20
          }) {
        all.add(Arguments.of(host, attributes));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "host {0}")
  @ValueSource(ints = {Archives.FAT, Archives.UNIX, Archives.NTFS})
  void a_read_only_file_of_a_zip_gets_the_mode_that_unzip_gives_it(int host) throws Exception {
    assumeTrue(Programs.exist("unzip"), "unzip is not installed");
    Path bundle =
        Files.write(
            temp.resolve("b.zip"),
            Archives.zip(
                z ->
                    z.entry("a", "a", host, 0x21)
                        .entry("b", "b", host, 0100444L << 16 | 1)
                        .entry("c", "c", host, 0100644L << 16 | 1)));

    Programs.run("unzip", "-qo", bundle.toString(), "-d", temp.resolve("theirs").toString());
    unpacker.unpack(bundle, BundleType.ZIP, temp.resolve("ours"));

    assertThat(TestTree.describe(temp.resolve("ours")))
        .isEqualTo(TestTree.describe(temp.resolve("theirs")));
  }

  @ParameterizedTest(name = "host {0}, attributes {1}")
  @MethodSource("hostsAndAttributes")
  void a_zip_entry_gets_the_mode_that_unzip_gives_it(int host, long attributes) throws Exception {
    assumeTrue(Programs.exist("unzip"), "unzip is not installed");
    Path bundle =
        Files.write(
            temp.resolve("b.zip"),
            Archives.zip(
                z -> z.entry("f", "f", host, attributes).entry("d/", "", host, attributes)));
    Programs.run("unzip", "-qo", bundle.toString(), "-d", temp.resolve("theirs").toString());

    unpacker.unpack(bundle, BundleType.ZIP, temp.resolve("ours"));

    for (String entry : List.of("f", "d")) {
      assertThat(UnixFiles.status(temp.resolve("ours").resolve(entry)))
          .isEqualTo(UnixFiles.status(temp.resolve("theirs").resolve(entry)));
    }
  }
}
