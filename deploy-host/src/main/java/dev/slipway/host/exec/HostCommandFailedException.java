package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;

/** A host command that ends here. */
final class HostCommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostics diagnostics;

  /** Ends the command with these diagnostics. */
  HostCommandFailedException(Diagnostics diagnostics) {
    super(diagnostics.message());
    this.diagnostics = diagnostics;
  }

  /** Ends the command with an error that no script is at fault for. */
  HostCommandFailedException(String message) {
    this(Diagnostics.unknownError(message));
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }
}
