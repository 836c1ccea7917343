package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.failure.RevisionException;
import dev.slipway.revision.BundleType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundleUnpackerTest {

  private static final String SECONDS = " " + Archives.TIME / 1000;

  @TempDir Path temp;
  private Path target;

  @BeforeEach
  void place() {
    target = temp.resolve("deployment-archive");
  }

  private Map<String, String> unpack(BundleType type, byte[] archive) throws IOException {
    return unpack(type, archive, IntakeOptions.SAFE);
  }

  private Map<String, String> unpack(BundleType type, byte[] archive, IntakeOptions options)
      throws IOException {
    Path bundle = Files.write(temp.resolve("bundle.tar"), archive);
    new BundleUnpacker(options).unpack(bundle, type, target);
    assertThat(temp.resolve("deployment-archive-temp")).doesNotExist();
    return TestTree.describe(target);
  }

  private static List<String> paths(Map<String, String> described) {
    return new ArrayList<>(described.keySet());
  }

  @Test
  void a_tar_keeps_modes_times_and_links() throws IOException {
    byte[] tar =
        Archives.tar(
            t ->
                t.entry("d/", (byte) '5', "", e -> e.setMode(0700))
                    .file("d/x", "x", e -> e.setMode(0640))
                    .symlink("l", "d/x")
                    .symlink("dangling", "/no/where"));

    assertThat(unpack(BundleType.TAR, tar))
        .isEqualTo(
            Map.of(
                "d", "directory 700" + SECONDS,
                "d/x", "file 640" + SECONDS + " 1 2d711642b726",
                "l", "link" + SECONDS + " to d/x",
                "dangling", "link" + SECONDS + " to /no/where"));
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

    assertThat(paths(unpack(BundleType.ZIP, bytes.toByteArray()))).containsExactly("a", "a/b");
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

    assertThat(paths(unpack(BundleType.ZIP, dirty))).containsExactly("a", "b");
    assertThat(target.resolve("b")).hasContent("b");
  }

  @Test
  void bytes_before_a_zip_may_be_in_its_offsets_already() throws IOException {
    byte[] zip = Archives.join(new byte[9], Archives.zip(z -> z.file("a", "a")));
    int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    zip[directory + 42] = 9;
    zip[zip.length - 6] = (byte) directory;

    assertThat(paths(unpack(BundleType.ZIP, zip))).containsExactly("a");
  }

  @Test
  void a_zip_may_have_a_comment_that_looks_like_an_end() throws IOException {
    byte[] zip =
        Archives.zip(
            z -> {
              z.file("a", "a");
              z.out().setComment("PK\u0005\u0006 is how a zip ends, but this is not one");
            });

    assertThat(paths(unpack(BundleType.ZIP, zip))).containsExactly("a");
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

    assertThat(paths(unpack(BundleType.ZIP, zip))).containsExactly("\u00fc");
  }

  @Test
  void backslashes_of_windows_separate_and_those_of_unix_are_in_the_name() throws IOException {
    byte[] zip =
        Archives.replace(
            Archives.zip(
                z -> z.entry("d@w", "w", Archives.FAT, 0x20).entry("u@x", "u", 3, 0100644L << 16)),
            "@",
            "\\");

    assertThat(paths(unpack(BundleType.ZIP, zip))).containsExactly("d", "d/w", "u\\x");
  }

  @Test
  void a_name_of_windows_that_is_not_utf_8_is_in_the_code_page_of_dos() throws IOException {
    byte[] zip =
        Archives.replace(
            Archives.zip(z -> z.entry("a@", "w", Archives.FAT, 0x20)), "a@", "a\u0081");

    assertThat(paths(unpack(BundleType.ZIP, zip))).containsExactly("a\u00fc");
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
      assertThat(paths(unpack(type, archive))).containsExactly("a");
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

    assertThat(paths(unpack(BundleType.TAR, tar)))
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

    assertThat(paths(unpack(BundleType.TAR, tar))).containsExactly("appspec.yml");
    assertThat(UnixFiles.status(target).orElseThrow().permissions()).isEqualTo(0755);
  }

  @Test
  void set_id_bits_of_files_are_dropped_unless_kept_by_choice() throws IOException {
    byte[] tar =
        Archives.tar(
            t ->
                t.file("s", "s", e -> e.setMode(06755))
                    .entry("d/", (byte) '5', "", e -> e.setMode(02775)));

    assertThat(unpack(BundleType.TAR, tar).get("s")).startsWith("file 755 ");
    assertThat(unpack(BundleType.TAR, tar).get("d")).startsWith("directory 2775 ");
    assertThat(
            unpack(BundleType.TAR, tar, IntakeOptions.SAFE.with(IntakeChoice.KEEP_SET_ID_BITS))
                .get("s"))
        .startsWith("file 6755 ");
  }

  @Test
  void as_root_a_tar_gives_its_owners_by_name_first_and_else_by_number() throws IOException {
    assumeTrue(UnixFiles.ownedByRoot(Files.createFile(temp.resolve("mine"))), "not root");
    byte[] tar =
        Archives.tar(
            t ->
                t.file("number", "", e -> e.setIds(12345, 54321))
                    .file(
                        "name",
                        "",
                        e -> {
                          e.setIds(7, 7);
                          e.setNames("daemon", "no such group");
                        })
                    .entry(
                        "link",
                        (byte) '2',
                        "",
                        e -> {
                          e.setLinkName("x");
                          e.setIds(12345, 54321);
                        })
                    .file("digits", "", e -> e.setNames("12345", "54321")));

    unpack(BundleType.TAR, tar);

    assertThat(owner("number")).isEqualTo("12345:54321");
    assertThat(owner("name")).isEqualTo(idOf("daemon") + ":7");
    assertThat(owner("link")).isEqualTo("12345:54321");
    assertThat(owner("digits")).isEqualTo("0:0");

    unpack(BundleType.TAR, tar, IntakeOptions.SAFE.with(IntakeChoice.IGNORE_OWNERS));

    assertThat(owner("number")).isEqualTo("0:0");
  }

  private String idOf(String user) throws IOException {
    Path probe = Files.createFile(temp.resolve("probe"));
    Files.setOwner(
        probe, temp.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    return Files.getAttribute(probe, "unix:uid").toString();
  }

  private String owner(String path) throws IOException {
    Map<String, Object> ids =
        Files.readAttributes(target.resolve(path), "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    return ids.get("uid") + ":" + ids.get("gid");
  }

  @Test
  void a_hard_link_in_a_tar_is_a_second_name() throws IOException {
    byte[] tar =
        Archives.tar(
            t -> t.file("d/a", "a").hardlink("b", "./d/a").symlink("l", "d/a").hardlink("l2", "l"));

    assertThat(unpack(BundleType.TAR, tar).get("l2")).endsWith("to d/a");
    assertThat(Files.getAttribute(target.resolve("b"), "unix:ino"))
        .isEqualTo(Files.getAttribute(target.resolve("d/a"), "unix:ino"));
  }

  @Test
  void a_later_entry_replaces_an_earlier_one() throws IOException {
    byte[] tar =
        Archives.tar(
            t ->
                t.file("f", "1")
                    .hardlink("h", "f")
                    .file("f", "2")
                    .symlink("l", "f")
                    .file("l", "3")
                    .file("x", "1")
                    .directory("x")
                    .file("x/y", "1")
                    .directory("e")
                    .file("e", "4"));

    assertThat(paths(unpack(BundleType.TAR, tar))).containsExactly("e", "f", "h", "l", "x", "x/y");
    assertThat(target.resolve("f")).hasContent("2");
    assertThat(target.resolve("h")).hasContent("1");
    assertThat(target.resolve("l")).hasContent("3").isRegularFile();
    assertThat(target.resolve("e")).hasContent("4");
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

    assertThat(paths(TestTree.describe(target))).isEqualTo(paths(TestTree.describe(source)));
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

    assertThat(paths(unpack(BundleType.TAR, Archives.tar(t -> t.file("new", "")))))
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
    assertThat(paths(TestTree.describe(target))).containsExactly("old");
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
