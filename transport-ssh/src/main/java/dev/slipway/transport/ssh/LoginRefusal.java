package dev.slipway.transport.ssh;

import java.util.Collection;
import java.util.Locale;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import org.jspecify.annotations.Nullable;

/** A server has let nobody in. The message says why, and what can be done about it. */
final class LoginRefusal extends UserAuthException {

  private static final long serialVersionUID = 1L;

  private LoginRefusal(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns that of a server that has refused all that was tried.
   *
   * @param auth what the server has said
   * @param ours why something could not be tried, or null
   */
  static LoginRefusal of(UserAuth auth, @Nullable UserAuthException ours) {
    Collection<String> goesOn = auth.getAllowedMethods();
    String methods = String.join(", ", goesOn);
    String text;
    if (auth.hadPartialSuccess()) {
      text =
          "It has taken one of them and asks for more: "
              + methods
              + ". Is password set, and right?";
    } else if (!goesOn.isEmpty() && !goesOn.contains(IdentityAuth.METHOD)) {
      text =
          "It takes no keys, but "
              + (methods.isEmpty() ? "nothing else either" : methods)
              + ". Is password set, and right? Else say PubkeyAuthentication yes there.";
    } else {
      text =
          "Add the public key to that account's ~/.ssh/authorized_keys, or set user and"
              + " identityFile.";
    }
    return new LoginRefusal(ours == null ? text : text + " (" + ours.getMessage() + ")", ours);
  }

  /** Returns that of a server that has ended the connection because too much was tried. */
  static LoginRefusal tooMany(SSHException end) {
    return new LoginRefusal(
        "It ended the connection after several of these ("
            + end.getMessage()
            + "), perhaps before the right one. Name that in identityFile, or in IdentityFile with"
            + " IdentitiesOnly yes in ~/.ssh/config.",
        end);
  }

  /** Returns whether a server has ended the connection for that; each has its own words. */
  static boolean isTooMany(SSHException end) {
    String said = String.valueOf(end.getMessage()).toLowerCase(Locale.ROOT);
    return end.getDisconnectReason() == DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE
        || (said.contains("too many") && said.contains("auth"));
  }
}
