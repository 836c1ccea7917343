package dev.slipway.transport.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An SSH server on the way to a host, or the host's own: all that decides where a connection goes,
 * whom it trusts and as whom it logs in.
 *
 * @param user the account
 * @param address where it is, as seen from the hop before it
 * @param port its port
 * @param login what the account is proved with
 * @param trust which keys the server may show
 * @param connectTimeout how long connecting may take; empty for what the options say
 */
record Hop(
    String user,
    String address,
    int port,
    Login login,
    Trust trust,
    Optional<Duration> connectTimeout) {

  /**
   * What an account is proved with.
   *
   * @param identityFiles private keys, tried in order
   * @param certificateFiles certificates besides those that lie beside the keys
   * @param needsCertificates whether each of them must be there
   * @param onlyThese whether keys that only the agent has are left aside
   * @param agent the agent's socket, or empty for none
   * @param passphrase where the keys' passphrase is ({@code env:NAME}, {@code file:PATH} or {@code
   *     ask}), or empty
   * @param password where the account's password is, likewise, or empty
   * @param passwordKind what kind of secret that is
   */
  record Login(
      List<Path> identityFiles,
      List<Path> certificateFiles,
      boolean needsCertificates,
      boolean onlyThese,
      Optional<Path> agent,
      String passphrase,
      String password,
      Secrets.Kind passwordKind) {

    Login {
      identityFiles = List.copyOf(identityFiles);
      certificateFiles = List.copyOf(certificateFiles);
    }

    private Login onTheWay(String other) {
      return new Login(
          identityFiles,
          certificateFiles,
          needsCertificates,
          onlyThese,
          agent,
          passphrase,
          other,
          Secrets.Kind.JUMP_PASSWORD);
    }
  }

  /**
   * Returns the same server on the way to another one, whose password it is not to learn.
   *
   * @param password where its own is, or empty
   */
  Hop onTheWay(String password) {
    return new Hop(user, address, port, login.onTheWay(password), trust, connectTimeout);
  }

  /** Returns whether it leads to another one, and is not the host's own. */
  boolean isOnTheWay() {
    return login.passwordKind() == Secrets.Kind.JUMP_PASSWORD;
  }

  /**
   * Which keys a server may show.
   *
   * @param knownHosts files with the keys of hosts; new ones are added to the first
   * @param newHostKeys what happens when none of these files knows the server
   * @param alias the name under which it is known, or empty for its address and port
   */
  record Trust(List<Path> knownHosts, NewHostKeys newHostKeys, String alias) {

    Trust {
      knownHosts = List.copyOf(knownHosts);
    }
  }

  /** What to do with the key of a host that is not known. */
  enum NewHostKeys {
    /** The host is refused. */
    REFUSE,
    /** It is trusted, and written to the first of the files. */
    ACCEPT
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}
