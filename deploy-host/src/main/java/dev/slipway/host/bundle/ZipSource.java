package dev.slipway.host.bundle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip in the order of its central directory, one entry at a time. (The archive library
 * holds all entries at once, which a hostile archive turns into an exhausted memory.)
 */
final class ZipSource implements BundleSource {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path archive;
  private final IntakeGate gate;

  ZipSource(Path archive, IntakeGate gate) {
    this.archive = archive;
    this.gate = gate;
  }

  @Override
  public void tellAll(MemberSink sink) throws IOException {
    try (FileChannel file = FileChannel.open(archive)) {
      ZipDirectory directory = directory(file);
      try (InputStream headers =
          new BufferedInputStream(
              new FileSlice(file, directory.start(), directory.end() - directory.start()),
              BUFFER_BYTES)) {
        for (ZipHeader next = next(headers); next != null; next = next(headers)) {
          gate.countEntry();
          tell(next, new ZipBytes(file, directory.shift()), sink);
        }
      }
    }
  }

  private ZipDirectory directory(FileChannel file) throws IOException {
    try {
      return ZipDirectory.in(file);
    } catch (ZipException e) {
      throw gate.damage("it is no zip, or damaged or cut off", e);
    }
  }

  private @Nullable ZipHeader next(InputStream headers) throws IOException {
    byte[] fixed = headers.readNBytes(ZipHeader.FIXED_BYTES);
    if (fixed.length == 0) {
      return null;
    }
    try {
      ZipHeader.Lengths lengths = ZipHeader.Lengths.of(all(fixed, ZipHeader.FIXED_BYTES));
      byte[] name = all(headers.readNBytes(lengths.name()), lengths.name());
      byte[] extra = all(headers.readNBytes(lengths.extra()), lengths.extra());
      all(headers.readNBytes(lengths.comment()), lengths.comment());
      return ZipHeader.of(fixed, name, extra);
    } catch (ZipException e) {
      throw gate.damage("it is damaged in its central directory", e);
    }
  }

  private static byte[] all(byte[] read, int length) throws ZipException {
    if (read.length < length) {
      throw new ZipException("an entry is cut off");
    }
    return read;
  }

  private void tell(ZipHeader header, ZipBytes bytes, MemberSink sink) throws IOException {
    String name = header.name();
    ZipModes modes = header.modes();
    if (modes.isSpecial() && gate.skipsSpecial(name, "device, pipe or socket")) {
      return;
    }
    String path = gate.zipPath(name);
    boolean directory = name.endsWith("/");
    if (path.isEmpty()) {
      if (!directory) {
        throw gate.refusal("the entry " + IntakeGate.quote(name) + " is no directory but the root");
      }
      return;
    }
    if (directory) {
      sink.directory(member(path, modes, header.modified()));
      return;
    }
    checkReadable(header, path);
    if (modes.kind() == ZipModes.LINK) {
      String target = gate.linkTarget(path, target(header, path, bytes));
      sink.symlink(new Member(path, 0777, false, null, Owner.UNNAMED), target);
    } else {
      sink.file(
          member(path, modes, header.modified()),
          header.size(),
          () -> content(header, path, bytes));
    }
  }

  private static Member member(String path, ZipModes modes, FileTime modified) {
    return new Member(path, modes.mode(), modes.exact(), modified, Owner.UNNAMED);
  }

  private void checkReadable(ZipHeader header, String path) {
    if (header.encrypted()) {
      throw gate.refusal("the entry " + IntakeGate.quote(path) + " is encrypted; a bundle is not");
    }
    if (!ZipBytes.knows(header.method())) {
      throw gate.refusal(
          "the entry "
              + IntakeGate.quote(path)
              + " is compressed by method "
              + header.method()
              + "; store or deflate it");
    }
  }

  private String target(ZipHeader header, String path, ZipBytes bytes) throws IOException {
    gate.checkTargetSize(path, header.size());
    try (InputStream content = content(header, path, bytes)) {
      return ZipHeader.utf8(content.readAllBytes()).orElseThrow(() -> gate.notUtf8(path));
    }
  }

  private InputStream content(ZipHeader header, String path, ZipBytes bytes) throws IOException {
    try {
      return new CountedContent(
          bytes.open(header), gate, path, new CountedContent.Promise(header.size(), header.crc()));
    } catch (ZipException e) {
      throw gate.damage("it is damaged or cut off in " + IntakeGate.quote(path), e);
    }
  }
}
