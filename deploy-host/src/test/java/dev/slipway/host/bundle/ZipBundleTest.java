package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.revision.BundleType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream.UnicodeExtraFieldPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a zip. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ZipBundleTest {

  private static final String SECONDS = " " + Archives.TIME / 1000;

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

  @Test
  void a_zip_keeps_modes_times_and_links() throws IOException {
    byte[] zip =
        Archives.zip(
            z ->
                z.entry("d/", "", Archives.UNIX, 040700L << 16)
                    .entry("d/x", "x", Archives.UNIX, 0100640L << 16)
                    .symlink("l", "d/x"));

    Map<String, String> unpacked = unpack(BundleType.ZIP, zip);

    assertThat(unpacked).containsEntry("d", "directory 700" + SECONDS);
    assertThat(unpacked).containsEntry("d/x", "file 640" + SECONDS + " 1 2d711642b726");
    assertThat(unpacked.get("l")).endsWith("to d/x");
  }

  @Test
  void a_zip_written_as_a_stream_is_read_by_its_directory() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a/b"));
      zip.write(TestTree.bytes("streamed"));
    }

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, bytes.toByteArray())))
        .containsExactly("a", "a/b");
    assertThat(target.resolve("a/b")).hasContent("streamed");
  }

  @ParameterizedTest(name = "{0}, {1} before, {2} behind")
  @CsvSource({
    "Never, 0, 0", "Never, 47, 0", "Never, 0, 47", "Never, 70000, 60000",
    "Always, 0, 0", "Always, 47, 0", "Always, 0, 47", "AlwaysWithCompatibility, 70000, 60000"
  })
  void bytes_before_and_behind_a_zip_do_not_matter(Zip64Mode large, int before, int behind)
      throws IOException {
    byte[] zip =
        Archives.zip(
            z -> {
              z.out().setUseZip64(large);
              z.file("a", "a").file("b", "b");
            });

    byte[] dirty = Archives.join(new byte[before], zip, TestTree.bytes("g".repeat(behind)));

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, dirty))).containsExactly("a", "b");
    assertThat(target.resolve("b")).hasContent("b");
  }

  @Test
  void bytes_before_a_zip_may_be_in_its_offsets_already() throws IOException {
    byte[] zip = Archives.join(new byte[9], Archives.zip(z -> z.file("a", "a")));
    int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    zip[directory + 42] = 9;
    zip[zip.length - 6] = (byte) directory;

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, zip))).containsExactly("a");
  }

  @Test
  void a_zip_may_have_a_comment_that_looks_like_an_end() throws IOException {
    byte[] zip =
        Archives.zip(
            z -> {
              z.file("a", "a");
              z.out().setComment("PK\u0005\u0006 is how a zip ends, but this is not one");
            });

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, zip))).containsExactly("a");
  }

  @Test
  void a_zip_of_bzip2_and_one_of_nothing_are_read() throws IOException {
    byte[] packed = Archives.bzip2("hello ".repeat(1000));
    byte[] zip =
        Archives.zip(z -> z.packed("a", 12, packed, TestTree.bytes("hello ".repeat(1000))));

    assertThat(unpack(BundleType.ZIP, zip)).hasSize(1);
    assertThat(target.resolve("a")).hasContent("hello ".repeat(1000));
    assertThat(unpack(BundleType.ZIP, Archives.zip(z -> {}))).isEmpty();
  }

  @Test
  void a_name_in_the_field_for_unicode_names_goes_before_the_plain_one() throws IOException {
    byte[] zip =
        Archives.zip(
            z -> {
              z.out().setEncoding("ISO-8859-1");
              z.out().setUseLanguageEncodingFlag(false);
              z.out().setCreateUnicodeExtraFields(UnicodeExtraFieldPolicy.ALWAYS);
              z.file("\u00fc", "a");
            });

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, zip))).containsExactly("\u00fc");
  }

  @Test
  void backslashes_of_windows_separate_and_those_of_unix_are_in_the_name() throws IOException {
    byte[] zip =
        Archives.replace(
            Archives.zip(
                z -> z.entry("d@w", "w", Archives.FAT, 0x20).entry("u@x", "u", 3, 0100644L << 16)),
            "@",
            "\\");

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, zip))).containsExactly("d", "d/w", "u\\x");
  }

  @Test
  void a_name_of_windows_that_is_not_utf_8_is_in_the_code_page_of_dos() throws IOException {
    byte[] zip =
        Archives.replace(
            Archives.zip(z -> z.entry("a@", "w", Archives.FAT, 0x20)), "a@", "a\u0081");

    assertThat(Unpacking.paths(unpack(BundleType.ZIP, zip))).containsExactly("a\u00fc");
  }
}
