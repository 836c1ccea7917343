package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * Reads a zip by its central directory, so that bytes before its start and behind its end, and
 * entries written as a stream, do not matter. Takes about 1 KB of memory per entry.
 */
final class ZipSource implements BundleSource {

  private static final char NOT_UTF_8 = '\uFFFD';

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
   * Returns the name with {@code /} between its parts. DOS and Windows may have written {@code \},
   * and names of theirs that are not UTF-8 are in the code page that zip began with.
   */
  private static String name(ZipArchiveEntry entry) {
    String name = entry.getName();
    if (ZipModes.keepsUnixModes(host(entry))) {
      return name;
    }
    byte[] raw = entry.getRawName();
    if (name.indexOf(NOT_UTF_8) >= 0 && raw != null && Charset.isSupported("IBM437")) {
      name = new String(raw, Charset.forName("IBM437"));
    }
    return name.replace('\\', '/');
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
    int most = gate.options().limits().pathBytes();
    if (entry.getSize() > most) {
      throw gate.refusal(
          "the target of the link "
              + IntakeGate.quote(path)
              + " is longer than "
              + most
              + " bytes");
    }
    try (InputStream content = content(entry, path, zip)) {
      return new String(content.readAllBytes(), UTF_8);
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
