package dev.slipway.host.exec;

import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Shows that a command of a deployment runs, as AWS's agent does: its {@code stop} command refuses
 * while there is such a mark.
 */
final class OngoingMark implements AutoCloseable {

  private final Path file;

  /** Sets the mark; a later command of the same deployment takes it over. */
  OngoingMark(Layout layout, HostCommand command) throws IOException {
    Path directory = Files.createDirectories(Path.of(layout.ongoingDeployments()));
    file = directory.resolve(command.deployment().id());
    TrustedFiles.note(file, String.valueOf(command.key()));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
