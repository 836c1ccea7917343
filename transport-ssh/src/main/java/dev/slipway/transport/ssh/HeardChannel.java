package dev.slipway.transport.ssh;

import java.nio.charset.Charset;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;

/**
 * A channel that says when something has come, so that nobody has to wait for it. SSHJ calls the
 * methods here on the thread that reads the connection.
 */
final class HeardChannel extends SessionChannel {

  private volatile boolean ended;
  private volatile Runnable listener = () -> {};

  HeardChannel(Connection connection, Charset charset) {
    super(connection, charset);
  }

  void whenHeard(Runnable who) {
    listener = who;
  }

  /** Returns whether nothing more will come than what the input streams hold. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
    super.receiveInto(stream, packet);
    listener.run();
  }

  @Override
  protected void eofInputStreams() {
    super.eofInputStreams();
    end();
  }

  @Override
  public void notifyError(SSHException error) {
    super.notifyError(error);
    end();
  }

  @Override
  protected void closeAllStreams() {
    super.closeAllStreams();
    end();
  }

  private void end() {
    ended = true;
    listener.run();
  }
}
