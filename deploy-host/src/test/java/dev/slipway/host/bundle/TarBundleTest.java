package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a tar. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TarBundleTest {

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
  void set_id_bits_of_files_are_dropped_unless_kept_by_choice() throws IOException {
    byte[] tar =
        Archives.tar(
            t ->
                t.file("s", "s", e -> e.setMode(06755))
                    .entry("d/", (byte) '5', "", e -> e.setMode(02775)));

    assertThat(unpack(BundleType.TAR, tar).get("s")).startsWith("file 755 ");
    assertThat(unpack(BundleType.TAR, tar).get("d")).startsWith("directory 2775 ");
    assertThat(
            unpacking
                .of(BundleType.TAR, tar, IntakeOptions.SAFE.with(IntakeChoice.KEEP_SET_ID_BITS))
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

    unpacking.of(BundleType.TAR, tar, IntakeOptions.SAFE.with(IntakeChoice.IGNORE_OWNERS));

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

    assertThat(Unpacking.paths(unpack(BundleType.TAR, tar)))
        .containsExactly("e", "f", "h", "l", "x", "x/y");
    assertThat(target.resolve("f")).hasContent("2");
    assertThat(target.resolve("h")).hasContent("1");
    assertThat(target.resolve("l")).hasContent("3").isRegularFile();
    assertThat(target.resolve("e")).hasContent("4");
  }
}
