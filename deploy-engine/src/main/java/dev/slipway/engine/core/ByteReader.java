package dev.slipway.engine.core;

import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link ByteWriter} has written. Throws an {@link IndexOutOfBoundsException} where
 * there is nothing. Not thread-safe.
 */
final class ByteReader {

  private static final int MORE_FOLLOWS = 0x80;
  private static final int BITS = 7;

  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.position = from;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte part = bytes[position++];
    while (part < 0) {
      value |= (long) (part & (MORE_FOLLOWS - 1)) << shift;
      shift += BITS;
      part = bytes[position++];
    }
    return value | ((long) part << shift);
  }

  int count() {
    return Math.toIntExact(number());
  }

  /** Returns how many things follow, each of which takes a byte at least. */
  int size() {
    long size = number();
    if (size < 0 || size > bytes.length - position) {
      throw new IndexOutOfBoundsException("there are not " + size + " more");
    }
    return (int) size;
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  boolean flag() {
    return bytes[position++] != 0;
  }

  String text() {
    int length = size();
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }
}
