package dev.slipway.transport.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;

/**
 * The way through a server to another one. It can be given up at any time, also while it is opened
 * and while the other side goes on sending: then neither it nor the connection that it is part of
 * is left worse off. SSHJ calls most of the methods here on the thread that reads that connection.
 */
final class WayChannel extends DirectConnection {

  private final Runnable whenHeard;
  private final Object hearing = new Object();
  private volatile boolean isOpened;
  private volatile boolean isGivenUp;

  /**
   * Makes one that is not open yet.
   *
   * @param through the connection to the server that leads on
   * @param whenHeard is called when something has come from the other side
   */
  WayChannel(Connection through, Hop to, Runnable whenHeard) {
    super(through, to.address(), to.port());
    this.whenHeard = whenHeard;
  }

  /** What comes later is of no use to anybody. Does not block. */
  private void stopHearing() {
    synchronized (hearing) {
      isGivenUp = true;
    }
  }

  /** Wakes whoever waits for it to open, and has the server close it. May wait for a write. */
  void giveUp() throws TransportException {
    stopHearing();
    openEvent.deliverError(new ConnectionException("The way was given up."));
    if (isOpened) {
      leave();
    }
  }

  /** Who waits to be allowed to write sees then that there is no way any more. */
  private void leave() throws TransportException {
    sendClose();
    rwin.expand(1);
  }

  @Override
  public void handle(Message message, SSHPacket packet) throws SSHException {
    super.handle(message, packet);
    if (message == Message.CHANNEL_OPEN_CONFIRMATION) {
      isOpened = true;
      if (isGivenUp) {
        leave();
      }
    }
  }

  /** What comes for a stream that is closed would be the end of the whole connection in SSHJ. */
  @Override
  protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
    whenHeard.run();
    synchronized (hearing) {
      if (!isGivenUp) {
        super.receiveInto(stream, packet);
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public void close() throws IOException {
        stopHearing();
        super.close();
      }
    };
  }
}
