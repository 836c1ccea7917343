package dev.slipway.host.bundle;

import java.nio.charset.StandardCharsets;

/** What the first bytes of a file say it is. */
enum Magic {
  GZIP("gzip data", "\u001f\u008b"),
  ZIP("a zip archive", "PK\u0003\u0004"),
  EMPTY_ZIP("an empty zip archive", "PK\u0005\u0006"),
  XZ("xz data", "\u00fd7zXZ\u0000"),
  BZIP2("bzip2 data", "BZh"),
  ZSTD("zstd data", "(\u00b5/\u00fd"),
  OTHER("something else", "");

  private final String words;
  private final String start;

  Magic(String words, String start) {
    this.words = words;
    this.start = start;
  }

  String words() {
    return words;
  }

  static Magic of(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    for (Magic magic : values()) {
      if (text.startsWith(magic.start)) {
        return magic;
      }
    }
    return OTHER;
  }
}
