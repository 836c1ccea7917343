package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.failure.RevisionException;
import dev.slipway.host.Rounds;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives with random changes: they are taken in, or refused, and nothing else happens. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzedBundleTest {

  private static final List<BundleType> ARCHIVES =
      List.of(BundleType.ZIP, BundleType.TAR, BundleType.TGZ);
  private static final int ROUNDS_PER_SEED = 40;
  private static final IntakeOptions OPTIONS =
      IntakeOptions.SAFE.withLimits(IntakeLimits.DEFAULT.withBytes(20_000_000).withEntries(5_000));

  @TempDir Path temp;

  static LongStream seeds() {
    return Rounds.seeds(20, 2_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void a_changed_archive_is_unpacked_or_refused(long seed) throws IOException {
    Random random = new Random(seed);
    Path host = Files.createDirectories(temp.resolve("a/b/c/d/e"));
    Files.writeString(temp.resolve("canary"), "canary");
    Map<String, String> before = TestTree.describe(temp);

    for (int round = 0; round < ROUNDS_PER_SEED; round++) {
      BundleType type = ARCHIVES.get(random.nextInt(ARCHIVES.size()));
      Path bundle = Files.write(host.resolve("bundle"), changed(type, random));
      Path target = host.resolve("archive");

      Optional<BundleIndex> index = index(bundle, type);
      boolean unpacked = unpack(bundle, type, target);

      if (unpacked) {
        TestTree.open(target);
        assertThat(index).as("round %d: what unpacks has an index", round).isPresent();
        assertThat(index.orElseThrow().entries())
            .extracting(BundleEntry::path, BundleEntry::kind, BundleEntry::size)
            .containsExactlyElementsOf(
                new BundleIndexReader(OPTIONS)
                    .read(target, BundleType.DIRECTORY, Set.of()).entries().stream()
                        .map(e -> org.assertj.core.groups.Tuple.tuple(e.path(), e.kind(), e.size()))
                        .toList());
      } else {
        assertThat(type == BundleType.ZIP || index.isEmpty())
            .as("round %d: a tar that does not unpack has no index", round)
            .isTrue();
      }
      TreeDeletion.delete(target);
      Files.delete(bundle);
      assertThat(TestTree.describe(temp).keySet()).isEqualTo(before.keySet());
    }
    assertThat(temp.resolve("canary")).hasContent("canary");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_tree_of_any_names_and_links_is_taken_in_as_it_is_or_refused(long seed) throws IOException {
    Path source = Files.createDirectories(temp.resolve("a/source"));
    Path host = Files.createDirectories(temp.resolve("a/b"));
    TestTree.fill(source, seed);
    Random random = new Random(seed);
    String[] targets = {"/", "..", "../..", "../../canary", ".", "self", temp + "/canary"};
    Files.createSymbolicLink(source.resolve("self"), Path.of(targets[random.nextInt(7)]));
    Files.writeString(temp.resolve("canary"), "canary");
    Map<String, String> before = TestTree.describe(temp);

    Optional<BundleIndex> index = index(source, BundleType.DIRECTORY);
    boolean unpacked = unpack(source, BundleType.DIRECTORY, host.resolve("archive"));

    assertThat(unpacked).isEqualTo(index.isPresent());
    if (unpacked) {
      assertThat(index(host.resolve("archive"), BundleType.DIRECTORY).orElseThrow().entries())
          .hasSameSizeAs(index.orElseThrow().entries());
    }
    TreeDeletion.delete(host.resolve("archive"));
    assertThat(TestTree.describe(temp).keySet()).isEqualTo(before.keySet());
    assertThat(temp.resolve("canary")).hasContent("canary");
  }

  private static Optional<BundleIndex> index(Path bundle, BundleType type) {
    try {
      return Optional.of(new BundleIndexReader(OPTIONS).read(bundle, type, Set.of("appspec.yml")));
    } catch (RevisionException e) {
      assertThat(e).hasMessageContaining(bundle.toString());
      return Optional.empty();
    }
  }

  private static boolean unpack(Path bundle, BundleType type, Path target) {
    try {
      new BundleUnpacker(OPTIONS).unpack(bundle, type, target);
      return true;
    } catch (RevisionException e) {
      assertThat(e).hasMessageContaining(bundle.toString());
      return false;
    }
  }

  private static byte[] changed(BundleType type, Random random) {
    return switch (type) {
      case TAR -> change(tar(random), random, 512);
      case TGZ ->
          random.nextBoolean()
              ? Archives.gzip(change(tar(random), random, 512))
              : change(Archives.gzip(tar(random)), random, 1);
      case ZIP -> change(zip(random), random, 1);
      case DIRECTORY -> throw new IllegalArgumentException("no archive");
    };
  }

  private static byte[] tar(Random random) {
    return Archives.tar(
        t -> {
          for (int i = 0; i < 2 + random.nextInt(6); i++) {
            String name = name(random);
            switch (random.nextInt(9)) {
              case 0 -> t.symlink(name, name(random));
              case 1 -> t.hardlink(name, name(random));
              case 2 -> t.directory(name);
              case 3 ->
                  t.entry(name, (byte) ('0' + random.nextInt(8)), "", e -> e.setLinkName("d"));
              case 4 -> t.entry(name, (byte) 'x', pax(random), e -> {});
              case 5 ->
                  t.entry(
                      "././@LongLink",
                      (byte) (random.nextBoolean() ? 'L' : 'K'),
                      longName(random),
                      e -> {});
              case 6 -> t.entry(name, (byte) 'S', "content".repeat(random.nextInt(200)), e -> {});
              default -> t.file(name, "content".repeat(random.nextInt(200)));
            }
          }
        });
  }

  private static byte[] zip(Random random) {
    return Archives.zip(
        z -> {
          z.out().setUseZip64(random.nextBoolean() ? Zip64Mode.Always : Zip64Mode.AsNeeded);
          for (int i = 0; i < 2 + random.nextInt(6); i++) {
            String name = name(random);
            switch (random.nextInt(5)) {
              case 0 -> z.symlink(name, name(random));
              case 1 -> z.entry(name + "/", "", Archives.UNIX, 040755L << 16);
              case 2 -> z.entry(name, "x", random.nextInt(20), random.nextLong() & 0xffffffffL);
              default -> z.file(name, "content".repeat(random.nextInt(200)));
            }
          }
        });
  }

  /** Returns one or two records of a pax header, some of which contradict what follows. */
  private static String pax(Random random) {
    String[] texts = {
      "path=" + name(random),
      "linkpath=" + name(random),
      "size=" + random.nextLong(),
      "size=-1",
      "mtime=" + random.nextLong() + ".123456789",
      "uid=" + random.nextLong(),
      "GNU.sparse.major=1",
      "GNU.sparse.realsize=9223372036854775807",
      "GNU.sparse.map=0,1,5,9",
      "GNU.sparse.name=" + name(random),
      "SCHILY.xattr.security.capability=x",
      "hdrcharset=BINARY",
      "path="
    };
    StringBuilder records = new StringBuilder();
    for (int i = random.nextInt(2); i >= 0; i--) {
      String text = texts[random.nextInt(texts.length)] + "\n";
      int length = text.length() + 3;
      records.append(length + random.nextInt(12) / 11).append(' ').append(text);
    }
    return records.toString();
  }

  private static String longName(Random random) {
    return ("p".repeat(random.nextInt(300)) + "/").repeat(random.nextInt(12)) + name(random) + "\0";
  }

  private static String name(Random random) {
    String[] parts = {
      "d", "d/e", "l", "f", "..", "../..", "/", "", ".", "appspec.yml", "n".repeat(120)
    };
    String name = parts[random.nextInt(4)];
    while (random.nextInt(3) == 0) {
      name = name + "/" + parts[random.nextInt(parts.length)];
    }
    return random.nextInt(12) == 0 ? parts[random.nextInt(parts.length)] + "/" + name : name;
  }

  /** Changes a few bytes, mostly among the first of a block, and may cut or lengthen the whole. */
  private static byte[] change(byte[] archive, Random random, int block) {
    byte[] changed = archive.clone();
    for (int i = random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(changed.length);
      if (random.nextInt(3) > 0) {
        at = Math.min(changed.length - 1, at / block * block + random.nextInt(160));
      }
      changed[at] =
          (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(8) : random.nextInt());
      if (block == 512 && random.nextInt(4) > 0) {
        rightChecksum(changed, at / block * block);
      }
    }
    return switch (random.nextInt(8)) {
      case 0 -> java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 1));
      case 1 -> Archives.join(changed, changed);
      default -> changed;
    };
  }

  private static void rightChecksum(byte[] tar, int at) {
    byte[] header = java.util.Arrays.copyOfRange(tar, at, at + 512);
    System.arraycopy(HostileBundleTest.retar(header), 0, tar, at, Math.min(512, tar.length - at));
  }
}
