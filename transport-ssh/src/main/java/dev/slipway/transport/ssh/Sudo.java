package dev.slipway.transport.ssh;

import dev.slipway.spi.transport.UnreachableReason;
import org.jspecify.annotations.Nullable;

/**
 * What sudo has to do with the start of a runner. Its words are in the language of the host, so
 * they are only passed on; what counts is how often it asks, and how it ends.
 *
 * @param server where, and as whom
 * @param isUsed whether the runner starts through it
 * @param hasPassword whether it is handed a password
 */
record Sudo(Hop server, boolean isUsed, boolean hasPassword) {

  /** What it asks with, on the stream for errors. */
  static final String PROMPT = "[slipway] sudo: ";

  /** With this it ends when it does not let somebody become root; the runner ends with others. */
  private static final int REFUSED = 1;

  /** With this a shell ends that finds no such program. */
  private static final int NO_PROGRAM = 127;

  /** Returns whether it asks again, which it does when the password was wrong. */
  boolean asksAgain(String complaints) {
    int first = complaints.indexOf(PROMPT);
    return hasPassword && first >= 0 && complaints.indexOf(PROMPT, first + 1) >= 0;
  }

  /**
   * Throws why no runner has started, if that is known; else returns.
   *
   * @param complaints the beginning of what was written to the stream for errors
   * @param exitStatus that of what should have become the runner, or null if there is none
   */
  void explain(String complaints, @Nullable Integer exitStatus)
      throws LinkFailure, HostUnfitException {
    if (!isUsed) {
      return;
    }
    String said = complaints.replace(PROMPT, "").strip();
    String told = said.isEmpty() ? "" : " It said: " + said;
    if (asksAgain(complaints)) {
      throw refused(
          "sudo refused the password of "
              + server.user()
              + " on "
              + server
              + ". Is it the one that sudoPassword names?"
              + told);
    }
    if (exitStatus == null) {
      return;
    }
    if (exitStatus == NO_PROGRAM) {
      throw new HostUnfitException(
          "There is no sudo on " + server + ". Install it, or log in as root." + told);
    }
    if (exitStatus == REFUSED) {
      throw refused(
          "sudo on "
              + server
              + " does not let "
              + server.user()
              + " become root"
              + (hasPassword
                  ? " with the password that sudoPassword names. May that account use sudo?"
                  : " without a password. Set sudoPassword, or say NOPASSWD in its sudoers.")
              + told);
    }
  }

  private static LinkFailure refused(String text) {
    return new LinkFailure(UnreachableReason.AUTHENTICATION_REFUSED, text, null);
  }
}
