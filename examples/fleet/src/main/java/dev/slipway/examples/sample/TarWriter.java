package dev.slipway.examples.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Writes a POSIX ustar archive that depends on nothing but its content: no time, no user.
 *
 * <p>Not thread-safe. Names may have up to 100 bytes.
 */
final class TarWriter {

  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int CHECKSUM_AT = 148;

  /** The same for every member: 1 January 2026. */
  private static final long MODIFIED = 1_767_225_600L;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a regular file. */
  void file(String name, int mode, byte[] content) throws IOException {
    out.write(header(name, mode, content.length));
    out.write(content);
    out.write(new byte[Math.floorMod(-content.length, BLOCK)]);
  }

  /** Ends the archive; the stream stays open. */
  void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private static byte[] header(String name, int mode, long size) {
    if (name.getBytes(UTF_8).length > NAME_LENGTH) {
      throw new IllegalArgumentException(
          "a name may have at most " + NAME_LENGTH + " bytes, but was " + name);
    }
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, octal(mode, 7));
    put(header, 108, octal(0, 7));
    put(header, 116, octal(0, 7));
    put(header, 124, octal(size, 11));
    put(header, 136, octal(MODIFIED, 11));
    put(header, CHECKSUM_AT, " ".repeat(8));
    put(header, 156, "0");
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte each : header) {
      sum += Byte.toUnsignedInt(each);
    }
    put(header, CHECKSUM_AT, octal(sum, 6) + "\0");
    return header;
  }

  private static String octal(long value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "o", value);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
