package dev.slipway.host.bundle;

import static dev.slipway.host.bundle.ZipHeader.littleEndian;
import static dev.slipway.host.bundle.ZipHeader.u16;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;

/**
 * Opens the bytes of a zip's entries.
 *
 * @param file the archive
 * @param shift as in {@link ZipDirectory}
 */
record ZipBytes(FileChannel file, long shift) {

  private static final int LEAST_BUFFER_BYTES = 1 << 9;
  private static final int MOST_BUFFER_BYTES = 1 << 16;
  private static final int LOCAL_BYTES = 30;
  private static final int LOCAL_SIGNATURE = 0x04034b50;

  /** Numbers of the methods that are read (APPNOTE 4.4.5). */
  private static final int STORED = 0;

  private static final int DEFLATED = 8;
  private static final int DEFLATED_64 = 9;
  private static final int BZIP2 = 12;

  /** Returns whether bytes compressed by this method can be read. */
  static boolean knows(int method) {
    return method == STORED || method == DEFLATED || method == DEFLATED_64 || method == BZIP2;
  }

  /**
   * Opens the bytes of an entry, uncompressed.
   *
   * @throws ZipException if they are not where the entry says
   */
  InputStream open(ZipHeader header) throws IOException {
    long local = shift + header.offset();
    if (local < 0 || local > file.size() - LOCAL_BYTES) {
      throw new ZipException("its bytes are not in the file");
    }
    ByteBuffer in = littleEndian(ZipDirectory.bytes(file, local, LOCAL_BYTES));
    if (in.getInt(0) != LOCAL_SIGNATURE) {
      throw new ZipException("its local header does not begin like one");
    }
    long start = local + LOCAL_BYTES + u16(in, 26) + u16(in, 28);
    InputStream packed = new FileSlice(file, start, header.packed());
    return switch (header.method()) {
      case STORED -> packed;
      case DEFLATED -> new Inflated(packed, header.packed());
      case DEFLATED_64 -> new Deflate64CompressorInputStream(packed);
      case BZIP2 -> new BZip2CompressorInputStream(packed);
      default -> throw new IllegalArgumentException("no such method: " + header.method());
    };
  }

  /** Deflated bytes without a header, behind which {@link Inflater} wants one more byte. */
  private static final class Inflated extends InflaterInputStream {

    Inflated(InputStream packed, long length) {
      super(
          new SequenceInputStream(packed, new ByteArrayInputStream(new byte[1])),
          new Inflater(/* nowrap= */ true),
          (int) Math.max(LEAST_BUFFER_BYTES, Math.min(length, MOST_BUFFER_BYTES)));
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
