package dev.slipway.examples.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * What a program prints first. It is read on a thread of its own, because nothing wakes who reads a
 * pipe; the rest is read too, so that the program can go on.
 */
final class FirstOutput {

  private static final int MOST_BYTES = 4_000;

  /** How long is waited for output that somebody may hold who outlives the program. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private final InputStream output;
  private final Thread reader;

  private FirstOutput(InputStream output) {
    this.output = output;
    this.reader = new Thread(this::read, "slipway-check-output");
    this.reader.setDaemon(true);
  }

  static FirstOutput of(InputStream output) {
    FirstOutput first = new FirstOutput(output);
    first.reader.start();
    return first;
  }

  /** Returns it, once the program has ended. */
  String text() throws InterruptedException {
    reader.join(PATIENCE.toMillis());
    return first.toString(UTF_8).strip();
  }

  private void read() {
    byte[] some = new byte[MOST_BYTES];
    try (output) {
      for (int read = output.read(some); read >= 0; read = output.read(some)) {
        first.write(some, 0, Math.min(read, MOST_BYTES - first.size()));
      }
    } catch (IOException e) {
      // The pipe is closed because the program was ended: what was read so far is all there is.
      return;
    }
  }
}
