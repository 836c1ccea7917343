package dev.slipway.engine.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts as bytes; small numbers take few. Not thread-safe. */
final class ByteWriter {

  private static final int FIRST_SIZE = 1024;
  private static final int MORE_FOLLOWS = 0x80;
  private static final int BITS = 7;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  void number(long value) {
    long rest = value;
    while ((rest & -MORE_FOLLOWS) != 0) {
      single((int) (rest & (MORE_FOLLOWS - 1)) | MORE_FOLLOWS);
      rest >>>= BITS;
    }
    single((int) rest);
  }

  /** Writes a number that may be less than zero. */
  void signed(long value) {
    number((value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  void flag(boolean value) {
    single(value ? 1 : 0);
  }

  void text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    all(encoded, encoded.length);
  }

  void append(ByteWriter other) {
    all(other.bytes, other.size);
  }

  private void single(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  private void all(byte[] more, int length) {
    reserve(length);
    System.arraycopy(more, 0, bytes, size, length);
    size += length;
  }

  private void reserve(int length) {
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
    }
  }

  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }
}
