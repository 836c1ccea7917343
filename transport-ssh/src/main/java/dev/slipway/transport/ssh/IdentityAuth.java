package dev.slipway.transport.ssh;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Authentication with a key or a certificate (RFC 4252, section 7; RFC 8332 for RSA). */
final class IdentityAuth extends AbstractAuthMethod {

  /** Its name. */
  static final String METHOD = "publickey";

  private final Identity identity;
  private final boolean isSignedAtOnce;
  private final Deque<String> algorithms;

  /**
   * Makes one.
   *
   * @param isSignedAtOnce whether it is not asked first if the server would take it, which saves a
   *     round trip
   */
  IdentityAuth(Identity identity, boolean isSignedAtOnce) {
    super(METHOD);
    this.identity = identity;
    this.isSignedAtOnce = isSignedAtOnce;
    this.algorithms = new ArrayDeque<>(identity.algorithms());
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return isSignedAtOnce ? signed() : request(false);
  }

  private SSHPacket request(boolean isSigned) throws UserAuthException {
    return super.buildReq()
        .putBoolean(isSigned)
        .putString(algorithms.element())
        .putBytes(identity.blob());
  }

  private SSHPacket signed() throws UserAuthException {
    SSHPacket request = request(true);
    byte[] data =
        new Buffer.PlainBuffer()
            .putBytes(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      return request.putBytes(identity.sign(PublicBlob.signing(algorithms.element()), data));
    } catch (IOException e) {
      throw new UserAuthException(e.getMessage(), e);
    }
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message == Message.USERAUTH_60) {
      params.getTransport().write(signed());
    } else {
      super.handle(message, packet);
    }
  }

  @Override
  public boolean shouldRetry() {
    algorithms.remove();
    return !algorithms.isEmpty();
  }
}
