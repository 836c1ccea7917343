package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Writes archives in memory, honest and hostile ones. */
final class Archives {

  static final long TIME = 1_500_000_000_000L;
  static final int FAT = 0;
  static final int NTFS = 10;
  static final int UNIX = 3;

  private Archives() {}

  static byte[] tar(Consumer<Tar> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
      content.accept(new Tar(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] zip(Consumer<Zip> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      content.accept(new Zip(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] bzip2(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Replaces a text everywhere, even in the middle of headers. */
  static byte[] replace(byte[] bytes, String text, String by) {
    return new String(bytes, ISO_8859_1).replace(text, by).getBytes(ISO_8859_1);
  }

  /** Changes a byte of the first entry of a zip's central directory. */
  static byte[] patchDirectory(byte[] zip, int offset, int value) {
    byte[] patched = zip.clone();
    int at = new String(zip, ISO_8859_1).indexOf("PK\u0001\u0002");
    patched[at + offset] = (byte) value;
    return patched;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** A tar that is being written. */
  record Tar(TarArchiveOutputStream out) {

    Tar file(String name, String content) {
      return entry(name, TarConstants.LF_NORMAL, content, entry -> entry.setMode(0644));
    }

    Tar file(String name, String content, Consumer<TarArchiveEntry> change) {
      return entry(name, TarConstants.LF_NORMAL, content, change);
    }

    Tar directory(String name) {
      return entry(name + "/", TarConstants.LF_DIR, "", entry -> entry.setMode(0755));
    }

    Tar symlink(String name, String target) {
      return entry(name, TarConstants.LF_SYMLINK, "", entry -> entry.setLinkName(target));
    }

    Tar hardlink(String name, String earlier) {
      return entry(name, TarConstants.LF_LINK, "", entry -> entry.setLinkName(earlier));
    }

    Tar entry(String name, byte kind, String content, Consumer<TarArchiveEntry> change) {
      try {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, /* preserveAbsolutePath= */ true);
        byte[] bytes = entry.isDirectory() ? new byte[0] : content.getBytes(UTF_8);
        entry.setSize(bytes.length);
        entry.setModTime(TIME);
        change.accept(entry);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A zip that is being written. */
  record Zip(ZipArchiveOutputStream out) {

    Zip file(String name, String content) {
      return entry(name, content, UNIX, (0100000 | 0644L) << 16);
    }

    Zip symlink(String name, String target) {
      return entry(name, target, UNIX, (0120000 | 0777L) << 16);
    }

    /** Adds an entry that is compressed already. */
    Zip packed(String name, int method, byte[] packed, byte[] plain) {
      CRC32 crc = new CRC32();
      crc.update(plain);
      ZipArchiveEntry entry = new Made(name, UNIX, 0100644L << 16);
      entry.setMethod(method);
      entry.setSize(plain.length);
      entry.setCompressedSize(packed.length);
      entry.setCrc(crc.getValue());
      try {
        out.addRawArchiveEntry(entry, new ByteArrayInputStream(packed));
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Adds an entry that says it was made on {@code host}. */
    Zip entry(String name, String content, int host, long attributes) {
      return entry(new Made(name, host, attributes), content);
    }

    Zip entry(ZipArchiveEntry entry, String content) {
      try {
        entry.setTime(TIME);
        out.putArchiveEntry(entry);
        out.write(content.getBytes(UTF_8));
        out.closeArchiveEntry();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Made extends ZipArchiveEntry {
    Made(String name, int host, long attributes) {
      super(name);
      setPlatform(host);
      setExternalAttributes(attributes);
    }
  }
}
