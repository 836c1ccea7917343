package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleBombTest {

  @TempDir Path temp;

  static Stream<Arguments> bombs() {
    String megabyte = "\0".repeat(1 << 20);
    IntakeLimits limits = IntakeLimits.DEFAULT;
    byte[] many =
        Archives.tar(
            t -> {
              for (int i = 0; i < 100; i++) {
                t.file("f" + i, "");
              }
            });
    byte[] large =
        Archives.tar(
            t -> {
              for (int i = 0; i < 66; i++) {
                t.file("f" + i, megabyte);
              }
            });
    byte[] largeZip =
        Archives.zip(
            z -> {
              for (int i = 0; i < 66; i++) {
                z.file("f" + i, megabyte);
              }
            });
    return Stream.of(
        Arguments.of(
            BundleType.TAR,
            many,
            limits.withEntries(99),
            "it has more than the 99 entries allowed"),
        Arguments.of(
            BundleType.ZIP,
            Archives.zip(
                z -> {
                  for (int i = 0; i < 100; i++) {
                    z.file("f" + i, "");
                  }
                }),
            limits.withEntries(99),
            "it has more than the 99 entries allowed"),
        Arguments.of(
            BundleType.TAR,
            large,
            limits.withBytes(5_000_000),
            "it unpacks to more than the 5,000,000 bytes allowed"),
        Arguments.of(
            BundleType.TGZ,
            Archives.gzip(large),
            limits.withExpansion(2),
            "it unpacks to more than 2 times its own size"),
        Arguments.of(
            BundleType.ZIP,
            largeZip,
            limits.withExpansion(2),
            "it unpacks to more than 2 times its own size"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("bombs")
  void a_bomb_is_refused(BundleType type, byte[] archive, IntakeLimits limits, String refusal)
      throws IOException {
    Path bundle = Files.write(temp.resolve("bundle"), archive);
    Path host = Files.createDirectory(temp.resolve("host"));

    assertThatThrownBy(
            () ->
                new BundleUnpacker(IntakeOptions.SAFE.withLimits(limits))
                    .unpack(bundle, type, host.resolve("archive")))
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining(refusal);
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void limits_are_at_least_one_and_change_one_by_one() {
    IntakeLimits limits = new IntakeLimits(1, 2, 3, 4, 5);

    assertThat(limits.withEntries(9)).isEqualTo(new IntakeLimits(9, 2, 3, 4, 5));
    assertThat(limits.withBytes(9)).isEqualTo(new IntakeLimits(1, 9, 3, 4, 5));
    assertThat(limits.withExpansion(9)).isEqualTo(new IntakeLimits(1, 2, 9, 4, 5));
    assertThat(limits.withPathBytes(9)).isEqualTo(new IntakeLimits(1, 2, 3, 9, 5));
    assertThat(limits.withDepth(9)).isEqualTo(new IntakeLimits(1, 2, 3, 4, 9));
    assertThatThrownBy(() -> limits.withDepth(0))
        .hasMessageContaining("depth is at least 1, not 0");
  }
}
