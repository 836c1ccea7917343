package dev.slipway.host.bundle;

import static dev.slipway.host.bundle.IntakeChoice.REFUSE_OUTWARD_LINKS;
import static dev.slipway.host.bundle.IntakeChoice.SKIP_SPECIAL_FILES;
import static dev.slipway.host.bundle.IntakeChoice.STRIP_UNSAFE_PATHS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileBundleTest {

  @TempDir Path temp;
  private Path host;
  private Path bundle;

  @BeforeEach
  void place() throws IOException {
    host = Files.createDirectories(temp.resolve("a/b/c/d"));
    Files.writeString(temp.resolve("canary"), "canary");
    bundle = temp.resolve("bundle.tar");
  }

  static Arguments tar(String what, Consumer<Archives.Tar> content, String refusal) {
    return Arguments.of(what, BundleType.TAR, Archives.tar(content), refusal);
  }

  static Arguments zip(String what, Consumer<Archives.Zip> content, String refusal) {
    return Arguments.of(what, BundleType.ZIP, Archives.zip(content), refusal);
  }

  static Stream<Arguments> hostile() {
    String deep = "d/".repeat(200) + "f";
    String longName = "n".repeat(256);
    String longPath = ("p".repeat(200) + "/").repeat(20) + "f";
    return Stream.of(
        tar("..", t -> t.file("../x", ""), "\"../x\" has .. in its path"),
        tar(".. inside", t -> t.file("a/../x", ""), "\"a/../x\" has .. in its path"),
        tar("only ..", t -> t.directory(".."), "\"../\" has .. in its path"),
        tar("absolute", t -> t.file("/etc/x", ""), "\"/etc/x\" has an absolute path"),
        tar("file that is the root", t -> t.file(".", ""), "is no directory but the root"),
        tar(
            "through a link out",
            t -> t.symlink("l", "/tmp").file("l/x", ""),
            "\"l/x\" is below \"l\", which is a link"),
        tar(
            "through a link upwards",
            t -> t.symlink("l", "..").file("l/x", ""),
            "\"l/x\" is below \"l\", which is a link"),
        tar(
            "through a link within",
            t -> t.directory("d").symlink("l", "d").file("l/x", ""),
            "\"l/x\" is below \"l\", which is a link"),
        tar(
            "a directory through a link",
            t -> t.symlink("l", "..").directory("l/x"),
            "\"l/x\" is below \"l\", which is a link"),
        tar(
            "through two links",
            t -> t.directory("d").symlink("d/l", "../..").symlink("m", "d/l").file("m/x", ""),
            "\"m/x\" is below \"m\", which is a link"),
        tar(
            "below a file",
            t -> t.file("f", "").file("f/x", ""),
            "\"f/x\" is below \"f\", which is a file"),
        tar(
            "a file for a full directory",
            t -> t.file("d/x", "").file("d", ""),
            "\"d\" replaces a directory that is not empty"),
        tar(
            "a link for a full directory",
            t -> t.file("d/x", "").symlink("d", ".."),
            "\"d\" replaces a directory that is not empty"),
        tar(
            "a hard link outwards",
            t -> t.hardlink("h", "../../../../../canary"),
            "has .. in its path"),
        tar("a hard link to an absolute path", t -> t.hardlink("h", "/etc/passwd"), "absolute"),
        tar(
            "a hard link through a link",
            t -> t.symlink("l", "../../../../..").hardlink("h", "l/canary"),
            "\"l/canary\" is below \"l\", which is a link"),
        tar(
            "a hard link to nothing",
            t -> t.hardlink("h", "x"),
            "\"h\" is to \"x\", which is no file before it"),
        tar(
            "a hard link to a directory",
            t -> t.directory("d").hardlink("h", "d"),
            "\"h\" is to \"d\", which is no file before it"),
        tar("a device", t -> t.entry("dev", (byte) '4', "", e -> {}), "\"dev\" is a device"),
        tar("a terminal", t -> t.entry("tty", (byte) '3', "", e -> {}), "\"tty\" is a device"),
        tar("a pipe", t -> t.entry("p", (byte) '6', "", e -> {}), "\"p\" is a named pipe"),
        tar("a link without target", t -> t.symlink("l", ""), "\"l\" has no target"),
        tar("a deep path", t -> t.file(deep, ""), "is 201 levels deep; at most 100"),
        tar("a long name", t -> t.file(longName, ""), "has a name of more than 255 bytes"),
        tar("a long path", t -> t.file(longPath, ""), "is longer than 3,072 bytes"),
        tar("a long target", t -> t.symlink("l", longPath), "is longer than 3,072 bytes"),
        tar(
            "a gigantic name",
            t -> t.entry("././@LongLink", (byte) 'L', "n".repeat(3 << 20), e -> {}),
            "a header of more than 1048576 bytes"),
        tar(
            "gigantic attributes",
            t ->
                t.entry("x", (byte) 'x', "3145728 a=" + "n".repeat((3 << 20) - 11) + "\n", e -> {}),
            "damaged"),
        Arguments.of(
            "a zero byte",
            BundleType.ZIP,
            Archives.replace(Archives.zip(z -> z.file("a@b", "")), "a@b", "a\0b"),
            "has a zero byte in its name"),
        Arguments.of(
            "a name that is not UTF-8",
            BundleType.TAR,
            retar(Archives.replace(Archives.tar(t -> t.file("a@b", "")), "a@b", "a\u00ffb")),
            "has a name or target that is not UTF-8"),
        zip("..", z -> z.file("../x", ""), "\"../x\" has .. in its path"),
        zip(
            "windows' ..",
            z -> z.entry("..\\x", "", Archives.FAT, 0),
            "\"../x\" has .. in its path"),
        zip("absolute", z -> z.file("/etc/x", ""), "\"/etc/x\" has an absolute path"),
        zip(
            "through a link",
            z -> z.symlink("l", "..").file("l/x", ""),
            "\"l/x\" is below \"l\", which is a link"),
        zip(
            "a device",
            z -> z.entry("dev", "", Archives.UNIX, 0060644L << 16),
            "\"dev\" is a device, pipe or socket"),
        zip("a long target", z -> z.symlink("l", longPath), "is longer than 3,072 bytes"),
        zip("a link without target", z -> z.symlink("l", ""), "\"l\" has no target"),
        Arguments.of(
            "a method that nobody has",
            BundleType.ZIP,
            Archives.patchDirectory(Archives.zip(z -> z.file("x", "x")), 10, 97),
            "\"x\" is compressed by method 97"),
        Arguments.of(
            "an encrypted entry",
            BundleType.ZIP,
            Archives.patchDirectory(Archives.zip(z -> z.file("x", "x")), 8, 1),
            "\"x\" is encrypted"),
        Arguments.of(
            "a zip name that is not UTF-8",
            BundleType.ZIP,
            Archives.replace(Archives.zip(z -> z.file("a@b", "")), "a@b", "a\u00ffb"),
            "has a name or target that is not UTF-8"),
        Arguments.of(
            "a wrong checksum",
            BundleType.ZIP,
            Archives.replace(Archives.zip(z -> z.entry(stored("a"), "abcabc")), "abcabc", "abcabd"),
            "the bytes of \"a\" do not fit their checksum"));
  }

  private static ZipArchiveEntry stored(String name) {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setMethod(ZipArchiveEntry.STORED);
    entry.setSize(6);
    CRC32 crc = new CRC32();
    crc.update(TestTree.bytes("abcabc"));
    entry.setCrc(crc.getValue());
    return entry;
  }

  /** Makes the checksums of changed headers right again. */
  static byte[] retar(byte[] tar) {
    byte[] fixed = tar.clone();
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : fixed[i] & 0xff;
    }
    byte[] digits = TestTree.bytes(String.format(java.util.Locale.ROOT, "%06o\0 ", sum));
    System.arraycopy(digits, 0, fixed, 148, 8);
    return fixed;
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("hostile")
  void is_refused_in_one_sentence_before_anything_is_touched(
      String what, BundleType type, byte[] archive, String refusal) throws IOException {
    Files.write(bundle, archive);
    var before = TestTree.describe(temp);

    assertThatThrownBy(() -> unpack(type, IntakeOptions.SAFE))
        .as(what)
        .isInstanceOf(RevisionException.class)
        .hasMessageStartingWith(bundle + ": ")
        .hasMessageContaining(refusal);

    assertThat(TestTree.describe(temp).keySet()).isEqualTo(before.keySet());
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("hostile")
  void has_no_index_either(String what, BundleType type, byte[] archive, String refusal)
      throws IOException {
    Files.write(bundle, archive);
    if (refusal.contains("checksum")) {
      return;
    }

    assertThatThrownBy(() -> index(type, IntakeOptions.SAFE))
        .as(what)
        .isInstanceOf(RevisionException.class)
        .hasMessageContaining(refusal);
  }

  private void unpack(BundleType type, IntakeOptions options) {
    new BundleUnpacker(options).unpack(bundle, type, host.resolve("archive"));
  }

  private BundleIndex index(BundleType type, IntakeOptions options) {
    return new BundleIndexReader(options).read(bundle, type, Set.of());
  }

  private List<String> unpacked(BundleType type, byte[] archive, IntakeChoice choice)
      throws IOException {
    Files.write(bundle, archive);
    IntakeOptions options = IntakeOptions.SAFE.with(choice);
    unpack(type, options);
    List<String> paths = new ArrayList<>(TestTree.describe(host.resolve("archive")).keySet());
    assertThat(index(type, options).entries().stream().map(BundleEntry::path).sorted())
        .isEqualTo(paths);
    return paths;
  }

  @Test
  void unsafe_paths_are_stripped_by_choice() throws IOException {
    byte[] tar = Archives.tar(t -> t.file("/etc//x", ""));
    byte[] zip = Archives.zip(z -> z.file("../../x", "").file("/y", "").file("a/../z", ""));

    assertThat(unpacked(BundleType.TAR, tar, STRIP_UNSAFE_PATHS)).containsExactly("etc", "etc/x");
    assertThat(unpacked(BundleType.ZIP, zip, STRIP_UNSAFE_PATHS))
        .containsExactly("a", "a/z", "x", "y");
  }

  @Test
  void a_tar_with_dots_is_refused_even_then() throws IOException {
    Files.write(bundle, Archives.tar(t -> t.file("../x", "")));

    assertThatThrownBy(() -> unpack(BundleType.TAR, IntakeOptions.SAFE.with(STRIP_UNSAFE_PATHS)))
        .isInstanceOf(RevisionException.class);
  }

  @Test
  void special_files_are_left_out_by_choice() throws IOException {
    byte[] tar =
        Archives.tar(
            t ->
                t.entry("p", (byte) '6', "", e -> {})
                    .entry("M", (byte) 'M', "rest", e -> {})
                    .file("f", "f"));

    assertThat(unpacked(BundleType.TAR, tar, SKIP_SPECIAL_FILES)).containsExactly("f");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "l, x, false",
    "l, /x, true",
    "l, .., true",
    "l, ., false",
    "d/l, .., false",
    "d/l, ../.., true",
    "d/l, ../x/../../y, true",
    "d/l, a/../../x, false"
  })
  void links_that_lead_out_are_refused_by_choice(String path, String linkTarget, boolean refused)
      throws IOException {
    byte[] tar = Archives.tar(t -> t.symlink(path, linkTarget));
    Files.write(bundle, tar);

    assertThat(index(BundleType.TAR, IntakeOptions.SAFE).entry(path).orElseThrow().linkTarget())
        .isEqualTo(linkTarget);
    if (refused) {
      assertThatThrownBy(() -> unpacked(BundleType.TAR, tar, REFUSE_OUTWARD_LINKS))
          .isInstanceOf(RevisionException.class)
          .hasMessageContaining("leads out of the bundle");
    } else {
      assertThat(unpacked(BundleType.TAR, tar, REFUSE_OUTWARD_LINKS)).contains(path);
    }
  }
}
