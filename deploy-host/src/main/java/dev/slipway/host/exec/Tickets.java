package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a command from running twice. A ticket is a directory that only one can make; the result is
 * put into it when the command ends. A ticket without a result belongs to a command that was cut
 * off: it counts as failed and is never run again.
 */
final class Tickets {

  /** A command's work. */
  interface Work {
    Diagnostics run() throws IOException, InterruptedException;
  }

  private final Layout layout;

  Tickets(Layout layout) {
    this.layout = layout;
  }

  /** Runs the work unless the command's key was run already; then returns how that ended. */
  Diagnostics once(HostCommand command, Work work) throws IOException, InterruptedException {
    String key = command.key();
    if (key == null) {
      return work.run();
    }
    Path ticket = Path.of(layout.ticket(command.deployment(), key));
    Files.createDirectories(ticket.resolveSibling(""));
    try {
      Files.createDirectory(ticket);
    } catch (FileAlreadyExistsException e) {
      return StoredDiagnostics.read(ticket.resolve("result")).orElse(Diagnostics.AFTER_RESTART);
    }
    Diagnostics end = work.run();
    TrustedFiles.write(ticket.resolve("result"), StoredDiagnostics.text(end));
    return end;
  }
}
