package dev.slipway.transport.ssh;

import dev.slipway.host.bundle.BundleDigest;
import dev.slipway.host.bundle.BundlePacker;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes revisions for tests. */
final class Revisions {

  private final Path directory;

  private Revisions(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  static Revisions in(Path directory) throws IOException {
    return new Revisions(directory);
  }

  Revisions file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return this;
  }

  Revisions script(String name, String content) throws IOException {
    file(name, "#!/bin/sh\n" + content + "\n");
    Files.setPosixFilePermissions(
        directory.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  Revisions link(String name, String target) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.createSymbolicLink(directory.resolve(name), Path.of(target));
    return this;
  }

  Bundle pack(BundleType type) throws IOException {
    Path file = directory.resolveSibling(directory.getFileName() + "." + type.wireName());
    if (type == BundleType.ZIP) {
      zip(file);
    } else {
      new BundlePacker(IntakeOptions.SAFE).pack(directory, file, type);
    }
    return new Bundle(BundleDigest.of(file), type, file, Files.size(file));
  }

  private void zip(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
        var paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(directory.relativize(path).toString()));
        zip.write(Files.readAllBytes(path));
        zip.closeEntry();
      }
    }
  }
}
