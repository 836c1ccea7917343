package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a command from running twice. A ticket is a directory that only one can make; the result is
 * put into it when the command ends. A ticket without a result belongs to a command that was cut
 * off: it counts as failed and is never run again. A ticket is on disk before its command begins,
 * so that a power cut does not make the command look as if it had never begun.
 */
final class Tickets {

  private final Layout layout;

  Tickets(Layout layout) {
    this.layout = layout;
  }

  /** Returns whether the command's key was taken already. */
  boolean isTaken(HostCommand command) {
    String key = command.key();
    return key != null && Files.isDirectory(of(command, key));
  }

  /** Takes the command's key; if that was taken already, returns how the command ended then. */
  Optional<Diagnostics> take(HostCommand command) throws IOException {
    String key = command.key();
    if (key == null) {
      return Optional.empty();
    }
    Path ticket = of(command, key);
    Files.createDirectories(ticket.resolveSibling(""));
    try {
      Files.createDirectory(ticket);
      TrustedFiles.force(ticket.resolveSibling(""));
      return Optional.empty();
    } catch (FileAlreadyExistsException e) {
      return StoredDiagnostics.read(ticket.resolve("result"))
          .or(() -> Optional.of(Diagnostics.AFTER_RESTART));
    }
  }

  /** Keeps how the command ended that has taken its key. */
  void keep(HostCommand command, Diagnostics end) throws IOException {
    String key = command.key();
    if (key != null) {
      TrustedFiles.write(of(command, key).resolve("result"), StoredDiagnostics.text(end));
    }
  }

  private Path of(HostCommand command, String key) {
    return Path.of(layout.ticket(command.deployment(), key));
  }
}
