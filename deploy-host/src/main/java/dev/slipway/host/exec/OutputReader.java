package dev.slipway.host.exec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a script's output into lines, and very long lines into pieces, with bounded memory. */
final class OutputReader {

  /** The longest piece, in bytes. */
  static final int LONGEST = 64 << 10;

  private final ScriptLog log;
  private final String mark;
  private byte[] piece = new byte[256];
  private int length;

  OutputReader(ScriptLog log, String mark) {
    this.log = log;
    this.mark = mark;
  }

  /** Reads until the end. */
  void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[8 << 10];
    int got = in.read(buffer);
    while (got >= 0) {
      for (int i = 0; i < got; i++) {
        add(buffer[i]);
      }
      got = in.read(buffer);
    }
    if (length > 0) {
      write(length);
    }
  }

  private void add(byte next) {
    if (length == piece.length) {
      piece = Arrays.copyOf(piece, Math.min(LONGEST, 2 * length));
    }
    piece[length++] = next;
    if (next == '\n') {
      write(length);
    } else if (length == LONGEST) {
      write(wholeCharacters());
    }
  }

  private void write(int upTo) {
    log.piece(mark, piece, upTo);
    length -= upTo;
    System.arraycopy(piece, upTo, piece, 0, length);
  }

  /** Returns how many bytes there are without a character that is cut off at the end. */
  private int wholeCharacters() {
    int start = length - 1;
    while (start > length - 4 && (piece[start] & 0xC0) == 0x80) {
      start--;
    }
    return (piece[start] & 0x80) == 0 || start == 0 ? length : start;
  }
}
