package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** DownloadBundle and Install on a host, under the shells that hosts have. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InstallOnHostTest extends LocalHost {

  private static final String FILES =
      "version: 0.0\nos: linux\nfiles:\n  - {source: app, destination: /srv/app}\n";

  private static void succeeds(Map<LifecycleEvent, Diagnostics> ends) {
    assertThat(ends)
        .hasSize(7)
        .allSatisfy((event, end) -> assertThat(end.message()).isEqualTo("Succeeded: "));
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void names_are_only_names(Shell on) throws IOException {
    use(on);
    List<String> names =
        List.of(
            "-rf",
            "--help",
            "two  blanks",
            "it's",
            "\"quoted\"",
            "$(touch oops)",
            "`x`",
            "back\\slash\\n",
            "tab\tin",
            "*",
            "?[a]",
            "~",
            "#hash",
            "Grüße",
            "日本",
            ";&|<>",
            "=DONE",
            "%s%d");
    Revisions revision = revision("1").file("appspec.yml", FILES);
    for (String name : names) {
      revision.file("app/" + name, name);
      revision.file("app/dir " + name + "/" + name, name);
    }

    succeeds(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)));

    for (String name : names) {
      assertThat(root.resolve("srv/app").resolve(name)).hasContent(name);
      assertThat(root.resolve("srv/app/dir " + name).resolve(name)).hasContent(name);
    }

    succeeds(
        deploy(
            "d-AAAAAAAA2",
            revision("2").file("appspec.yml", FILES).file("app/one", "1").pack(BundleType.TGZ)));

    try (Stream<Path> left = Files.walk(root.resolve("srv"))) {
      assertThat(left)
          .containsExactlyInAnyOrder(
              root.resolve("srv"), root.resolve("srv/app"), root.resolve("srv/app/one"));
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void installs_and_replaces_more_files_than_a_shell_would_read(Shell on) throws IOException {
    use(on);
    String modes =
        """
        permissions:
          - {object: /srv/app, pattern: "**", mode: 600, type: [file]}
        """;
    Revisions first = revision("1").file("appspec.yml", FILES + modes);
    Revisions second = revision("2").file("appspec.yml", FILES + modes);
    for (int number = 0; number < 200; number++) {
      String name = "app/part " + number % 10 + "/sub/file " + number + ".secret";
      first.file(name, "first");
      if (number % 2 == 0) {
        second.file(name, "second");
      }
    }
    second.file("app/part 3/new", "new");

    succeeds(deploy("d-AAAAAAAA1", first.pack(BundleType.TGZ)));
    assertThat(root.resolve("srv/app/part 7/sub/file 77.secret")).hasContent("first");

    succeeds(deploy("d-AAAAAAAA2", second.pack(BundleType.TGZ)));
    Path app = root.resolve("srv/app");
    assertThat(app.resolve("part 6/sub/file 76.secret")).hasContent("second");
    assertThat(mode(app.resolve("part 6/sub/file 76.secret"))).isEqualTo("rw-------");
    assertThat(app.resolve("part 7")).doesNotExist();
    assertThat(app.resolve("part 3")).isDirectoryContaining("glob:**/new");
    try (Stream<Path> left = Files.walk(app)) {
      assertThat(left.filter(Files::isRegularFile)).hasSize(101);
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void installs_what_a_script_has_made_of_the_revision(Shell on) throws IOException {
    use(on);
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                FILES + "hooks:\n  BeforeInstall:\n    - {location: change.sh, timeout: 60}\n")
            .file("app/sub/removed", "1")
            .file("app/edited", "before")
            .script(
                "change.sh",
                """
                cd "$SLIPWAY_ARCHIVE_DIR" || exit 1
                rm app/sub/removed
                echo after >app/edited
                echo made >"app/sub/made here"
                ln -s edited app/link
                ln -s sub app/dirlink
                sed 's|/srv/app|/srv/moved|' appspec.yml >new && mv new appspec.yml
                """);

    succeeds(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)));

    Path moved = root.resolve("srv/moved");
    assertThat(moved.resolve("edited")).hasContent("after");
    assertThat(moved.resolve("sub/made here")).hasContent("made");
    assertThat(moved.resolve("sub/removed")).doesNotExist();
    assertThat(Files.readSymbolicLink(moved.resolve("link"))).isEqualTo(Path.of("edited"));
    assertThat(moved.resolve("dirlink/made here")).hasContent("made");
    assertThat(root.resolve("srv/app")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void sets_modes_and_brings_no_bits_that_raise_rights(Shell on) throws IOException {
    use(on);
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                FILES
                    + """
                    permissions:
                      - {object: /srv/app, pattern: "*.secret", mode: 600, type: [file]}
                      - {object: /srv/app, pattern: "tool", mode: 4755, type: [file]}
                      - {object: /srv/app, pattern: "private", mode: 700, type: [directory]}
                    """)
            .file("app/a.secret", "1")
            .file("app/tool", "1")
            .file("app/suid", "1")
            .file("app/private/file", "1");
    Files.setPosixFilePermissions(
        directory.resolve("revision-1/app/suid"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setAttribute(directory.resolve("revision-1/app/suid"), "unix:mode", 04751);

    succeeds(deploy("d-AAAAAAAA1", revision.pack(BundleType.TAR)));

    assertThat(mode(root.resolve("srv/app/a.secret"))).isEqualTo("rw-------");
    assertThat(mode(root.resolve("srv/app/private"))).isEqualTo("rwx------");
    assertThat(bits(root.resolve("srv/app/tool"))).isEqualTo(04755);
    assertThat(bits(root.resolve("srv/app/suid"))).isEqualTo(0751);
  }

  private static int bits(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:mode") & 07777;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BUSYBOX")
  void sets_owners_and_access_control_lists(Shell on) throws IOException {
    use(on);
    assumeTrue("root".equals(System.getProperty("user.name")), "not root");
    assumeTrue(Shell.find("setfacl").isPresent(), "setfacl is not installed");
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                FILES
                    + """
                    permissions:
                      - object: /srv/app
                        owner: nobody
                        group: daemon
                        mode: 640
                        acls: ["u:daemon:rw", "m:rwx"]
                        type: [file]
                    """)
            .file("app/one", "1")
            .file("app/two", "1");

    succeeds(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)));

    for (String name : List.of("one", "two")) {
      Path file = root.resolve("srv/app").resolve(name);
      assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
      assertThat(Files.getAttribute(file, "posix:group")).hasToString("daemon");
      Process getfacl = new ProcessBuilder("getfacl", "-c", "-p", file.toString()).start();
      assertThat(getfacl.inputReader().lines())
          .containsExactly(
              "user::rw-", "user:daemon:rw-", "group::r--", "mask::rwx", "other::---", "");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void an_unknown_owner_fails_the_install_in_the_words_of_the_agent(Shell on) throws IOException {
    use(on);
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                FILES + "permissions:\n  - {object: /srv/app, owner: nobody-of-that-name}\n")
            .file("app/one", "1");

    assertThat(last(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ))).message())
        .isEqualTo("can't find user for nobody-of-that-name");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void replaces_what_is_in_the_way_only_when_asked(Shell on) throws IOException {
    use(on);
    Path app = Files.createDirectories(root.resolve("srv/app"));
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "untouched");
    Files.createSymbolicLink(app.resolve("link"), elsewhere);
    Files.writeString(app.resolve("file"), "old");
    Revisions revision =
        revision("1")
            .file("appspec.yml", FILES + "file_exists_behavior: OVERWRITE\n")
            .file("app/link", "new")
            .file("app/file", "new");

    succeeds(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)));

    assertThat(app.resolve("file")).hasContent("new");
    assertThat(app.resolve("link")).isRegularFile().hasContent("new");
    assertThat(elsewhere).hasContent("untouched");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void keeps_as_many_revisions_as_it_may(Shell on) throws IOException {
    use(on);
    for (int number = 1; number <= 5; number++) {
      succeeds(
          deploy(
              "d-AAAAAAAA" + number,
              revision(String.valueOf(number))
                  .file("appspec.yml", FILES)
                  .file("app/version", String.valueOf(number))
                  .pack(BundleType.TGZ)));
      // Some hosts see no parts of a second.
      Files.setLastModifiedTime(
          home("d-AAAAAAAA" + number),
          FileTime.from(Instant.ofEpochSecond(1_700_000_000 + number)));
    }

    try (Stream<Path> kept = Files.list(root.resolve("opt/root/group-1"))) {
      assertThat(kept.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("d-AAAAAAAA3", "d-AAAAAAAA4", "d-AAAAAAAA5");
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void a_bundle_that_arrives_damaged_is_not_unpacked(Shell on) throws IOException {
    use(on);
    Bundle good = revision("1").file("appspec.yml", FILES).file("app/a", "1").pack(BundleType.TGZ);
    Bundle wrong =
        new Bundle(new RevisionId("0".repeat(64)), good.type(), good.file(), good.size());

    Map<LifecycleEvent, Diagnostics> ends = deploy("d-AAAAAAAA1", wrong);

    assertThat(ends).hasSize(2);
    assertThat(last(ends).message()).contains(good.id().sha256(), "0".repeat(64), "not unpacked");
    assertThat(home("d-AAAAAAAA1").resolve("deployment-archive")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void a_path_may_start_at_a_home(Shell on) throws IOException {
    use(on);
    environment.put("HOME", "/home/me");
    Revisions revision =
        revision("1")
            .file(
                "appspec.yml",
                "version: 0.0\nos: linux\nfiles:\n  - {source: app, destination: ~/app}\n")
            .file("app/one", "1");

    succeeds(deploy("d-AAAAAAAA1", revision.pack(BundleType.TGZ)));

    assertThat(root.resolve("home/me/app/one")).hasContent("1");
  }

  private Bundle plain() throws IOException {
    return revision("1").file("appspec.yml", FILES).file("app/one", "1").pack(BundleType.TGZ);
  }

  @Test
  void a_directory_that_another_connection_removes_in_between_is_made_again() throws IOException {
    Path programs = Files.createDirectories(directory.resolve("bin"));
    Path mkdir =
        Files.writeString(
            programs.resolve("mkdir"),
            "#!/bin/sh\n[ -f \"$0.ran\" ] || { : >\"$0.ran\"; exit 1; }\nexec /bin/mkdir \"$@\"\n");
    assertThat(mkdir.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", programs + ":/usr/bin:/bin");

    Map<LifecycleEvent, Diagnostics> ends =
        deploy(
            "d-AAAAAAAA1",
            revision("1").file("appspec.yml", "version: 0.0\nos: linux\n").pack(BundleType.TGZ));

    assertThat(last(ends).isSuccess()).as(() -> last(ends).message()).isTrue();
    assertThat(programs.resolve("mkdir.ran")).exists();
    // What serves the connection is on its way out, and would run into the removal of the files.
    transport.close();
    heard.awaitThat(
        () ->
            Stream.of(
                    Objects.requireNonNull(home("d-AAAAAAAA1").resolve("tickets").toFile().list()))
                .noneMatch(name -> name.startsWith("link")));
  }

  @Test
  void names_the_tools_that_a_host_lacks_before_it_touches_anything() throws IOException {
    Path few = Files.createDirectories(directory.resolve("few"));
    for (String tool : List.of("sh", "cat", "id", "ls", "mkdir", "mv", "head", "wc")) {
      Files.createSymbolicLink(few.resolve(tool), Shell.find(tool).orElseThrow());
    }
    environment.put("PATH", few.toString());

    Diagnostics end = last(deploy("d-AAAAAAAA1", plain()));

    assertThat(end.message())
        .startsWith("The host lacks what a deployment needs: ")
        .contains("tar", "sha256sum-or-openssl")
        .doesNotContain("mkdir");
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void works_beside_a_running_agent_only_when_asked() throws IOException {
    Path pid = root.resolve("opt/state/.pid/codedeploy-agent.pid");
    Files.createDirectories(pid.getParent());
    Process agent = new ProcessBuilder("sh", "-c", "read line", "codedeploy-agent: master").start();
    try {
      Files.writeString(pid, agent.pid() + "\n");

      assertThat(last(deploy("d-AAAAAAAA1", plain())).message())
          .contains("The CodeDeploy agent of AWS runs on this host", "adopt");
      assertThat(root.resolve("opt/root")).doesNotExist();

      setHost(Map.of("adopt", "true"));
      succeeds(deploy("d-AAAAAAAA2", plain()));
    } finally {
      agent.destroy();
    }
  }

  @Test
  void a_number_that_an_agent_left_behind_is_no_agent() throws IOException {
    Path pid = root.resolve("opt/state/.pid/codedeploy-agent.pid");
    Files.createDirectories(pid.getParent());
    Files.writeString(pid, ProcessHandle.current().pid() + "\n");

    succeeds(deploy("d-AAAAAAAA1", plain()));
  }

  @Test
  void does_not_remove_by_a_list_that_others_can_write() throws IOException {
    succeeds(deploy("d-AAAAAAAA1", plain()));
    Files.setPosixFilePermissions(
        instructions("group-1-cleanup"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(last(deploy("d-AAAAAAAA2", plain())).message())
        .contains("could have been written by another account");
    assertThat(root.resolve("srv/app/one")).exists();
  }

  @Test
  void says_what_is_wrong_with_an_app_spec() throws IOException {
    assertThat(
            last(deploy(
                    "d-AAAAAAAA1",
                    revision("1").file("appspec.yml", "version: 1\n").pack(BundleType.TGZ)))
                .message())
        .contains("invalid version value (1)");
  }

  @Test
  void says_what_is_wrong_with_settings() {
    setHost(Map.of("port", "ssh"));

    assertThat(
            last(deploy(
                    "d-AAAAAAAA1",
                    new Bundle(new RevisionId("0".repeat(64)), BundleType.TAR, Path.of("none"), 1)))
                .message())
        .isEqualTo("host web-1: port must be a number from 1 to 65535, but was \"ssh\"");
  }
}
