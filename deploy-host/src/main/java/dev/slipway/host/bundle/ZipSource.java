package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry.NameSource;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * Reads a zip by its central directory, so that bytes before its start and behind its end, and
 * entries written as a stream, do not matter. Takes about 1 KB of memory per entry.
 */
final class ZipSource implements BundleSource {

  /** The code page of the first PCs, or what is nearest to it in a Java without its extra ones. */
  private static final Charset DOS =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : ISO_8859_1;

  private final Path archive;
  private final IntakeGate gate;

  ZipSource(Path archive, IntakeGate gate) {
    this.archive = archive;
    this.gate = gate;
  }

  @Override
  public void tellAll(MemberSink sink) throws IOException {
    try (ZipFile zip = open()) {
      Enumeration<ZipArchiveEntry> entries = zip.getEntries();
      while (entries.hasMoreElements()) {
        gate.countEntry();
        tell(entries.nextElement(), zip, sink);
      }
    }
  }

  private ZipFile open() {
    try {
      return ZipFile.builder()
          .setPath(archive)
          .setCharset(UTF_8)
          .setIgnoreLocalFileHeader(true)
          .get();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The archive library lets all of them out when data makes no sense.
      throw gate.damage("it is no zip, or damaged or cut off", e);
    }
  }

  private void tell(ZipArchiveEntry entry, ZipFile zip, MemberSink sink) throws IOException {
    String name = name(entry);
    boolean directory = name.endsWith("/");
    ZipModes modes = ZipModes.of(host(entry), entry.getExternalAttributes(), directory);
    if (modes.isSpecial() && gate.skipsSpecial(name, "device, pipe or socket")) {
      return;
    }
    String path = gate.zipPath(name);
    if (path.isEmpty()) {
      if (!directory) {
        throw gate.refusal("the entry " + IntakeGate.quote(name) + " is no directory but the root");
      }
      return;
    }
    if (directory) {
      sink.directory(
          new Member(
              path, modes.mode(), modes.exact(), entry.getLastModifiedTime(), Owner.UNNAMED));
      return;
    }
    checkReadable(entry, path);
    if (modes.kind() == ZipModes.LINK) {
      String target = gate.linkTarget(path, target(entry, path, zip));
      sink.symlink(new Member(path, 0777, false, null, Owner.UNNAMED), target);
    } else {
      sink.file(
          new Member(path, modes.mode(), modes.exact(), entry.getLastModifiedTime(), Owner.UNNAMED),
          entry.getSize(),
          () -> content(entry, path, zip));
    }
  }

  /**
   * Returns the name with {@code /} between its parts. DOS and Windows may have written {@code \\},
   * and names of theirs that are not UTF-8 are in the code page that zip began with.
   */
  private String name(ZipArchiveEntry entry) {
    boolean unix = ZipModes.keepsUnixModes(host(entry));
    byte[] raw = entry.getRawName();
    String name = entry.getName();
    if (raw != null && entry.getNameSource() != NameSource.UNICODE_EXTRA_FIELD) {
      // The library puts question marks for bytes that are not UTF-8, and does not say so.
      name =
          utf8(raw)
              .or(() -> unix ? Optional.empty() : Optional.of(new String(raw, DOS)))
              .orElseThrow(() -> gate.notUtf8(entry.getName()));
    }
    return unix ? name : name.replace('\\', '/');
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The library's own answer knows the lower four bits only, and takes a 19 for Unix's 3. */
  private static int host(ZipArchiveEntry entry) {
    return entry.getVersionMadeBy() >> 8 & 0xff;
  }

  private void checkReadable(ZipArchiveEntry entry, String path) {
    String quoted = IntakeGate.quote(path);
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw gate.refusal("the entry " + quoted + " is encrypted; a bundle is not");
    }
    ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
    if (method != ZipMethod.STORED
        && method != ZipMethod.DEFLATED
        && method != ZipMethod.ENHANCED_DEFLATED
        && method != ZipMethod.BZIP2) {
      throw gate.refusal(
          "the entry "
              + quoted
              + " is compressed by method "
              + entry.getMethod()
              + "; store or deflate it");
    }
    if (entry.getSize() < 0) {
      throw gate.refusal("it is damaged: the entry " + quoted + " has no size");
    }
  }

  private String target(ZipArchiveEntry entry, String path, ZipFile zip) throws IOException {
    gate.checkTargetSize(path, entry.getSize());
    try (InputStream content = content(entry, path, zip)) {
      return utf8(content.readAllBytes()).orElseThrow(() -> gate.notUtf8(path));
    }
  }

  private InputStream content(ZipArchiveEntry entry, String path, ZipFile zip) throws IOException {
    CountedContent.Promise promise =
        new CountedContent.Promise(entry.getSize(), entry.getCrc() & 0xffffffffL);
    try {
      InputStream raw = zip.getInputStream(entry);
      if (raw == null) {
        throw new ZipException("its bytes are nowhere");
      }
      return new CountedContent(raw, gate, path, promise);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw gate.damage("it is damaged or cut off in " + IntakeGate.quote(path), e);
    }
  }
}
