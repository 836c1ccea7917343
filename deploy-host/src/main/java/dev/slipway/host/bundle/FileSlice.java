package dev.slipway.host.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of one stretch of a file. Does not move the channel and does not close it. */
final class FileSlice extends InputStream {

  private final FileChannel file;
  private long position;
  private long left;

  FileSlice(FileChannel file, long position, long length) {
    this.file = file;
    this.position = position;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int read = file.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, left)), position);
    if (read < 0) {
      throw new EOFException("the file ends too early");
    }
    position += read;
    left -= read;
    return read;
  }
}
