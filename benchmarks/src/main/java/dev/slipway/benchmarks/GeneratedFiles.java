package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Files to deploy, the same ones for the same seed. */
final class GeneratedFiles {

  private static final int PER_DIRECTORY = 100;
  private static final int SMALL_BYTES = 4_000;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int WORDS = 5_000;

  private final Random random;
  private final byte[][] words = new byte[WORDS][];

  GeneratedFiles(long seed) {
    random = new Random(seed);
    for (int i = 0; i < WORDS; i++) {
      words[i] = word();
    }
  }

  private byte[] word() {
    byte[] word = new byte[2 + random.nextInt(9)];
    for (int i = 0; i < word.length - 1; i++) {
      word[i] = (byte) ('a' + random.nextInt(26));
    }
    word[word.length - 1] = (byte) (random.nextInt(12) == 0 ? '\n' : ' ');
    return word;
  }

  /** Writes files of up to 4,000 bytes of text, a hundred in each directory. */
  void small(Path directory, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = directory.resolve("d" + i / PER_DIRECTORY).resolve("file-" + i + ".txt");
      Files.createDirectories(file.getParent());
      Files.write(file, text(1 + random.nextInt(SMALL_BYTES)));
    }
  }

  /** Writes large and middling files, about a third of whose bytes are noise and the rest text. */
  void mixed(Path directory, long bytes) throws IOException {
    Files.createDirectories(directory);
    int number = 0;
    for (long written = 0; written < bytes; number++) {
      long size = Math.min(bytes - written, (long) (Math.exp(random.nextDouble() * 8) * 10_000));
      boolean noise = random.nextInt(3) == 0;
      write(directory.resolve((noise ? "image-" : "text-") + number), size, noise);
      written += size;
    }
  }

  /** Writes one file that no archiver makes smaller. */
  void noise(Path file, long bytes) throws IOException {
    write(file, bytes, true);
  }

  private void write(Path file, long bytes, boolean noise) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= CHUNK_BYTES) {
        int length = (int) Math.min(left, CHUNK_BYTES);
        out.write(noise ? noise(length) : text(length));
      }
    }
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Some words are frequent and most are rare, as in languages. */
  private byte[] text(int length) {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      double skewed = Math.pow(random.nextDouble(), 3);
      byte[] word = words[(int) (skewed * WORDS)];
      int copied = Math.min(word.length, length - at);
      System.arraycopy(word, 0, bytes, at, copied);
      at += copied;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** Writes an AppSpec with these lines behind its head. */
  static void appSpec(Path bundle, String lines) throws IOException {
    Files.createDirectories(bundle);
    Files.write(
        bundle.resolve("appspec.yml"), ("version: 0.0\nos: linux\n" + lines).getBytes(US_ASCII));
  }
}
