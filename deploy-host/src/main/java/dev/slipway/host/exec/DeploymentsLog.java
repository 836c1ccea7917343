package dev.slipway.host.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The log of all deployments of a host, as AWS's agent keeps it beside the log of each deployment.
 * Written by one thread at a time, which its callers see to.
 */
final class DeploymentsLog {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'['yyyy-MM-dd HH:mm:ss.SSS']'");
  private static final DateTimeFormatter HEADER =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z");
  private static final long LARGEST = 64L << 20;
  private static final int OLDEST = 6;

  private final Path file;
  private final boolean enabled;
  private final String deploymentId;
  private final InstantSource clock;
  private final ZoneId zone;

  DeploymentsLog(HostOptions options, String deploymentId, InstantSource clock) {
    this.enabled = !options.deploymentsLog().isEmpty();
    this.file = Path.of(options.layout().deploymentsLog(options.deploymentsLog()));
    this.deploymentId = deploymentId;
    this.clock = clock;
    this.zone = options.zone();
  }

  /** Writes one entry. */
  void write(String entry) {
    if (!enabled) {
      return;
    }
    Instant now = clock.instant();
    String line =
        STAMP.withZone(zone).format(now) + " [" + deploymentId + "]" + entry.strip() + "\n";
    try {
      if (!Files.exists(file) || Files.size(file) >= LARGEST) {
        begin(now);
      }
      Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin(Instant now) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file)) {
      for (int age = OLDEST; age >= 0; age--) {
        Path older = numbered(age);
        if (Files.exists(older)) {
          Files.move(older, numbered(age + 1), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.move(file, numbered(0));
    }
    Files.writeString(file, "# Logfile created on " + HEADER.withZone(zone).format(now) + "\n");
  }

  private Path numbered(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }
}
