package dev.slipway.transport.ssh;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who knows secrets that no variable and no file holds: a vault, or somebody at a terminal. It is
 * asked where a setting of a host says {@code ask}, before the host is connected to: for a
 * passphrase once until the file changes, for a password with each connection, also when a lost one
 * is made again.
 *
 * <p>It may be called from many threads, and may wait; only the host waits that the question is
 * for.
 */
@FunctionalInterface
public interface Secrets {

  /** Knows none. */
  Secrets NONE = question -> Optional.empty();

  /** What a secret opens. */
  enum Kind {
    /** A private key. */
    PASSPHRASE,
    /** An account on a host. */
    PASSWORD,
    /** An account on a server on the way to hosts. */
    JUMP_PASSWORD,
    /** The way from an account to root, through sudo. */
    SUDO_PASSWORD
  }

  /**
   * What is to be known.
   *
   * @param kind what the secret opens
   * @param user the account on the host
   * @param server the host's SSH server, as {@code address:port}
   * @param keyFile the private key that a passphrase is for; null for a password
   */
  record Question(Kind kind, String user, String server, @Nullable Path keyFile) {}

  /**
   * Returns the secret; empty if it is not known, and then the host refuses us. The array belongs
   * to the caller. What is thrown counts as not known, and its message is told.
   */
  Optional<char[]> answer(Question question);
}
