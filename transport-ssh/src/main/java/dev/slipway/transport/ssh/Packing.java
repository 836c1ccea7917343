package dev.slipway.transport.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Makes lists of paths small for the way: they are the same over and over. */
final class Packing {

  /** What the name of something packed ends in. */
  static final String SUFFIX = ".gz";

  /** Fewer bytes go in one packet anyway. */
  static final int WORTHWHILE = 2048;

  private Packing() {}

  /** Returns the bytes, packed if asked. */
  static byte[] of(byte[] bytes, boolean pack) {
    if (!pack) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
