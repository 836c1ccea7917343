package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent to a host that holds a part of a revision. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeltaTest extends LocalHost {

  private static final int MEGABYTE = 1 << 20;

  private static final Instant MODIFIED = Instant.parse("2020-02-02T02:02:02Z");

  /** Writes a revision of so many files, of which one depends on the name of the revision. */
  private Bundle bundle(String name, int files, int size, BundleType type) throws IOException {
    Revisions revision =
        revision(name)
            .file(
                "appspec.yml",
                """
                version: 0.0
                os: linux
                files:
                  - {source: app, destination: /srv/app}
                """)
            .file("app/small", name)
            .link("app/link", "file-0");
    for (int i = 0; i < files; i++) {
      byte[] noise = new byte[size];
      new Random(i == 0 ? name.hashCode() : i).nextBytes(noise);
      revision.file("app/file-" + i, "");
      Path file = directory.resolve("revision-" + name + "/app/file-" + i);
      Files.write(file, noise);
      Files.setLastModifiedTime(file, FileTime.from(MODIFIED.plusSeconds(i)));
    }
    return revision.pack(type);
  }

  private void assertInstalled(String name, int files, Map<LifecycleEvent, Diagnostics> ends)
      throws IOException {
    assertThat(last(ends).isSuccess()).as(() -> last(ends).message()).isTrue();
    Path from = directory.resolve("revision-" + name + "/app");
    for (int i = 0; i < files; i++) {
      Path installed = root.resolve("srv/app/file-" + i);
      assertThat(installed).hasSameBinaryContentAs(from.resolve("file-" + i));
      assertThat(Files.getLastModifiedTime(installed).toInstant())
          .isEqualTo(MODIFIED.plusSeconds(i));
    }
    assertThat(root.resolve("srv/app/small")).hasContent(name);
    assertThat(Files.readSymbolicLink(root.resolve("srv/app/link"))).hasToString("file-0");
  }

  @Test
  void of_50_megabytes_that_changed_by_two_percent_little_is_sent() throws IOException {
    Bundle first = bundle("1", 50, MEGABYTE, BundleType.TAR);
    assertInstalled("1", 50, deploy("d-AAAAAAAA1", first));

    assertInstalled("2", 50, deploy("d-AAAAAAAA2", bundle("2", 50, MEGABYTE, BundleType.TAR)));

    assertThat(links.get(0).sent()).isGreaterThan(first.size());
    assertThat(links.get(1).sent()).isLessThan(first.size() / 20);
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void the_revision_is_the_same_as_if_all_of_it_had_been_sent(Shell on) throws IOException {
    use(on);
    assertInstalled("1", 9, deploy("d-AAAAAAAA1", bundle("1", 9, 100_000, BundleType.TGZ)));
    Bundle second = bundle("2", 9, 100_000, BundleType.TGZ);

    assertInstalled("2", 9, deploy("d-AAAAAAAA2", second));

    assertThat(links.get(1).sent()).isLessThan(second.size() / 2);
    assertThat(home("d-AAAAAAAA1").resolve("bundle.tar")).exists();
    assertThat(home("d-AAAAAAAA2").resolve("bundle.tar")).doesNotExist();
  }

  @Test
  void a_revision_that_was_changed_on_the_host_is_replaced_by_all_of_the_new() throws IOException {
    deploy("d-AAAAAAAA1", bundle("1", 9, 100_000, BundleType.TGZ));
    Files.writeString(home("d-AAAAAAAA1").resolve("deployment-archive/app/file-3"), "changed");
    Bundle second = bundle("2", 9, 100_000, BundleType.TGZ);

    assertInstalled("2", 9, deploy("d-AAAAAAAA2", second));

    assertThat(links.get(1).sent()).isGreaterThan(second.size());
    assertThat(home("d-AAAAAAAA2").resolve("bundle.tar")).hasSize(second.size());
  }

  @Test
  void a_revision_of_which_files_were_removed_on_the_host_is_sent_whole() throws IOException {
    deploy("d-AAAAAAAA1", bundle("1", 9, 100_000, BundleType.TGZ));
    Files.delete(home("d-AAAAAAAA1").resolve("deployment-archive/app/file-3"));

    assertInstalled("2", 9, deploy("d-AAAAAAAA2", bundle("2", 9, 100_000, BundleType.TGZ)));
  }

  @Test
  void a_file_that_has_grown_on_the_host_fills_no_disk() throws IOException {
    Path programs = Files.createDirectories(directory.resolve("bin"));
    Path sum =
        Files.writeString(
            programs.resolve("sha256sum"),
            """
            #!/bin/sh
            cat >%1$s/summed
            wc -c <%1$s/summed >>%1$s/sizes
            exec /usr/bin/sha256sum <%1$s/summed
            """
                .formatted(programs));
    assertThat(sum.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", programs + ":/usr/bin:/bin");
    deploy("d-AAAAAAAA1", bundle("1", 9, 100_000, BundleType.TGZ));
    Path file = home("d-AAAAAAAA1").resolve("deployment-archive/app/file-3");
    try (FileChannel grown = FileChannel.open(file, StandardOpenOption.WRITE)) {
      grown.write(ByteBuffer.wrap(new byte[1]), 64 * MEGABYTE);
    }
    Bundle second = bundle("2", 9, 100_000, BundleType.TGZ);

    assertInstalled("2", 9, deploy("d-AAAAAAAA2", second));

    assertThat(links.get(1).sent()).isGreaterThan(second.size());
    assertThat(Files.readAllLines(programs.resolve("sizes")))
        .isNotEmpty()
        .allSatisfy(size -> assertThat(Long.parseLong(size.strip())).isLessThan(2 * MEGABYTE));
  }

  @Test
  void what_never_ends_in_the_place_of_a_file_holds_nobody_up() throws Exception {
    deploy("d-AAAAAAAA1", bundle("1", 9, 100_000, BundleType.TGZ));
    Path file = home("d-AAAAAAAA1").resolve("deployment-archive/app/file-3");
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();

    assertInstalled("2", 9, deploy("d-AAAAAAAA2", bundle("2", 9, 100_000, BundleType.TGZ)));
  }

  @Test
  void goes_on_from_one_delta_to_the_next() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Bundle bundle = bundle(String.valueOf(i), 9, 100_000, BundleType.TGZ);
      assertInstalled(String.valueOf(i), 9, deploy("d-AAAAAAAA" + i, bundle));
    }

    assertThat(links.get(2).sent()).isLessThan(links.get(0).sent() / 2);
  }
}
