package dev.slipway.host.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/**
 * An entry of a zip's central directory (APPNOTE 4.3.12).
 *
 * @param name as it stands there; of an entry made on DOS or Windows with {@code /} between its
 *     parts
 * @param encrypted whether its bytes are
 * @param method how its bytes are compressed
 * @param modified when it was last changed
 * @param crc CRC-32 of its bytes
 * @param packed how many bytes it has in the archive
 * @param size how many bytes it has
 * @param modes kind and mode
 * @param offset where its local header is, counted from where the archive began when it was made
 */
record ZipHeader(
    String name,
    boolean encrypted,
    int method,
    FileTime modified,
    long crc,
    long packed,
    long size,
    ZipModes modes,
    long offset) {

  /** Bytes before the name. */
  static final int FIXED_BYTES = 46;

  /** What it begins with. */
  static final int SIGNATURE = 0x02014b50;

  private static final int ENCRYPTED = 1;
  private static final int EXTRA_ZIP64 = 0x0001;
  private static final int EXTRA_TIMES = 0x5455;
  private static final int EXTRA_UNICODE_NAME = 0x7075;
  private static final long IN_ZIP64 = 0xffffffffL;

  /** The code page of the first PCs, or what is nearest to it in a Java without its extra ones. */
  private static final Charset DOS =
      Charset.isSupported("IBM437") ? Charset.forName("IBM437") : ISO_8859_1;

  /** How many bytes follow the fixed ones. */
  record Lengths(int name, int extra, int comment) {

    static Lengths of(byte[] fixed) throws ZipException {
      ByteBuffer in = littleEndian(fixed);
      if (in.getInt(0) != SIGNATURE) {
        throw new ZipException("an entry of its directory does not begin like one");
      }
      return new Lengths(u16(in, 28), u16(in, 30), u16(in, 32));
    }
  }

  /**
   * Reads an entry.
   *
   * @param fixed its fixed part
   * @param rawName the bytes of its name
   * @param extra its extra fields
   * @throws ZipException if a field that it needs is missing
   */
  static ZipHeader of(byte[] fixed, byte[] rawName, byte[] extra) throws ZipException {
    ByteBuffer in = littleEndian(fixed);
    int host = u16(in, 4) >> 8;
    boolean unix = ZipModes.keepsUnixModes(host);
    String name = name(rawName, extra, unix);
    long size = u32(in, 24);
    long packed = u32(in, 20);
    long offset = u32(in, 42);
    if (size == IN_ZIP64 || packed == IN_ZIP64 || offset == IN_ZIP64) {
      ByteBuffer wide =
          field(extra, EXTRA_ZIP64)
              .orElseThrow(() -> new ZipException("an entry has no field of its large sizes"));
      size = size == IN_ZIP64 ? next64(wide) : size;
      packed = packed == IN_ZIP64 ? next64(wide) : packed;
      offset = offset == IN_ZIP64 ? next64(wide) : offset;
    }
    return new ZipHeader(
        name,
        (u16(in, 8) & ENCRYPTED) != 0,
        u16(in, 10),
        modified(u16(in, 12), u16(in, 14), extra),
        u32(in, 16),
        packed,
        size,
        ZipModes.of(host, u32(in, 38), name.endsWith("/")),
        offset);
  }

  /**
   * Names are in UTF-8 whether their flag says so or not; those of DOS and Windows that are not are
   * in the code page that zip began with, and may have {@code \} between their parts.
   */
  private static String name(byte[] raw, byte[] extra, boolean unix) {
    Optional<String> utf8 = unicodeName(raw, extra).or(() -> utf8(raw));
    if (unix) {
      // What is not UTF-8 becomes a mark that no safe path has.
      return utf8.orElseGet(() -> new String(raw, UTF_8));
    }
    return utf8.orElseGet(() -> new String(raw, DOS)).replace('\\', '/');
  }

  /** The field holds only if it was made for the name that is there now (APPNOTE 4.6.9). */
  private static Optional<String> unicodeName(byte[] raw, byte[] extra) {
    CRC32 crc = new CRC32();
    crc.update(raw);
    return field(extra, EXTRA_UNICODE_NAME)
        .filter(field -> field.remaining() > 5 && field.get() == 1)
        .filter(field -> (field.getInt() & IN_ZIP64) == crc.getValue())
        .flatMap(
            field -> {
              byte[] bytes = new byte[field.remaining()];
              field.get(bytes);
              return utf8(bytes);
            });
  }

  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Info-ZIP keeps the time in UTC in a field of its own; DOS knows the local time only. */
  private static FileTime modified(int dosTime, int dosDate, byte[] extra) {
    Optional<FileTime> exact =
        field(extra, EXTRA_TIMES)
            .filter(field -> field.remaining() >= 5 && (field.get() & 1) != 0)
            .map(field -> FileTime.from(Instant.ofEpochSecond(field.getInt())));
    return exact.orElseGet(() -> FileTime.from(localTime(dosTime, dosDate)));
  }

  /** A month or day 0, as in a header of zeros, counts back from the first, as it does in C. */
  private static Instant localTime(int time, int date) {
    return LocalDateTime.of(1980 + (date >> 9), 1, 1, 0, 0)
        .plusMonths((date >> 5 & 0xf) - 1L)
        .plusDays((date & 0x1f) - 1L)
        .plusHours(time >> 11)
        .plusMinutes(time >> 5 & 0x3f)
        .plusSeconds((time & 0x1f) * 2L)
        .atZone(ZoneId.systemDefault())
        .toInstant();
  }

  /** Returns the bytes of the first extra field with this id. */
  private static Optional<ByteBuffer> field(byte[] extra, int id) {
    ByteBuffer in = littleEndian(extra);
    while (in.remaining() >= 4) {
      int found = in.getShort() & 0xffff;
      int length = in.getShort() & 0xffff;
      if (length > in.remaining()) {
        return Optional.empty();
      }
      if (found == id) {
        return Optional.of(in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      }
      in.position(in.position() + length);
    }
    return Optional.empty();
  }

  private static long next64(ByteBuffer in) throws ZipException {
    long value = in.remaining() < 8 ? -1 : in.getLong();
    if (value < 0) {
      throw new ZipException("an entry has a size or offset that cannot be");
    }
    return value;
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int u16(ByteBuffer in, int at) {
    return in.getShort(at) & 0xffff;
  }

  static long u32(ByteBuffer in, int at) {
    return in.getInt(at) & IN_ZIP64;
  }
}
