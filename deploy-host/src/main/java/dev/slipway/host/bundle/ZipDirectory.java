package dev.slipway.host.bundle;

import static dev.slipway.host.bundle.ZipHeader.littleEndian;
import static dev.slipway.host.bundle.ZipHeader.u32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Where the central directory of a zip is: found from the end, so that bytes before the archive and
 * behind it do not matter (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param start where it begins in the file
 * @param end where it ends
 * @param shift what is to be added to an offset of the archive for one of the file
 */
record ZipDirectory(long start, long end, long shift) {

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MOST_COMMENT_BYTES = 0xffff;
  private static final int WIDE_LOCATOR_SIGNATURE = 0x07064b50;
  private static final int WIDE_LOCATOR_BYTES = 20;
  private static final int WIDE_END_SIGNATURE = 0x06064b50;
  private static final int WIDE_END_BYTES = 56;

  /**
   * Finds it.
   *
   * @throws ZipException if there is none
   */
  static ZipDirectory in(FileChannel file) throws IOException {
    long size = file.size();
    long from = Math.max(0, size - END_BYTES - MOST_COMMENT_BYTES);
    byte[] tail = bytes(file, from, (int) (size - from));
    ByteBuffer in = littleEndian(tail);
    for (int at = tail.length - END_BYTES; at >= 0; at--) {
      if (in.getInt(at) == END_SIGNATURE) {
        Optional<ZipDirectory> found = endedBy(file, from + at, in.slice(at, END_BYTES));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new ZipException("it has no end of a central directory");
  }

  /** Returns the directory that an end belongs to; empty if it only looks like an end. */
  private static Optional<ZipDirectory> endedBy(FileChannel file, long end, ByteBuffer slice)
      throws IOException {
    ByteBuffer in = slice.order(ByteOrder.LITTLE_ENDIAN);
    long locator = end - WIDE_LOCATOR_BYTES;
    boolean wide =
        locator >= WIDE_END_BYTES
            && littleEndian(bytes(file, locator, 4)).getInt() == WIDE_LOCATOR_SIGNATURE;
    return wide ? endedByWide(file, locator) : endingAt(file, end, u32(in, 12), u32(in, 16));
  }

  private static Optional<ZipDirectory> endedByWide(FileChannel file, long locator)
      throws IOException {
    long offset = littleEndian(bytes(file, locator, WIDE_LOCATOR_BYTES)).getLong(8);
    // Bytes before the archive move it; without a block for later versions it is right here.
    for (long position : new long[] {offset, locator - WIDE_END_BYTES}) {
      if (position >= 0 && position <= locator - WIDE_END_BYTES) {
        ByteBuffer in = littleEndian(bytes(file, position, WIDE_END_BYTES));
        if (in.getInt(0) == WIDE_END_SIGNATURE) {
          return endingAt(file, position, in.getLong(40), in.getLong(48));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ZipDirectory> endingAt(
      FileChannel file, long end, long length, long offset) throws IOException {
    if (length < 0 || length > end || offset < 0 || offset > end - length) {
      return Optional.empty();
    }
    long start = end - length;
    boolean begins =
        length == 0
            || (length >= ZipHeader.FIXED_BYTES
                && littleEndian(bytes(file, start, 4)).getInt() == ZipHeader.SIGNATURE);
    return begins ? Optional.of(new ZipDirectory(start, end, start - offset)) : Optional.empty();
  }

  /** Reads exactly so many bytes. */
  static byte[] bytes(FileChannel file, long position, int length) throws IOException {
    byte[] bytes = new FileSlice(file, position, length).readNBytes(length);
    if (bytes.length < length) {
      throw new ZipException("the file ends too early");
    }
    return bytes;
  }
}
