package dev.slipway.transport.ssh;

import dev.slipway.spi.transport.UnreachableReason;
import org.jspecify.annotations.Nullable;

/** The way to a host is closed. */
final class LinkFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final UnreachableReason reason;
  private final String text;

  LinkFailure(UnreachableReason reason, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.reason = reason;
    this.text = text;
  }

  UnreachableReason reason() {
    return reason;
  }

  /** Returns what happened and what to do about it. */
  String text() {
    return text;
  }
}
