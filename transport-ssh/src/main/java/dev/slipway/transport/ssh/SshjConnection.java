package dev.slipway.transport.ssh;

import java.io.IOException;
import java.net.Socket;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to one server, direct or through another one. Anyone may close it. */
final class SshjConnection implements ConnectionPool.Connection {

  private static final Logger LOG = LoggerFactory.getLogger(SshjConnection.class);

  private final SSHClient client;
  private volatile @Nullable DirectConnection way;
  private volatile boolean closed;
  private @Nullable Promise<SSHPacket, ConnectionException> sign;

  /** Makes one of a client that is not connected yet. */
  SshjConnection(SSHClient client) {
    this.client = client;
  }

  SSHClient client() {
    return client;
  }

  /** Connects, but does not log in. Blocks. */
  void connect(Hop to, @Nullable SshjConnection through) throws IOException {
    if (through == null) {
      client.connect(to.address(), to.port());
    } else {
      DirectConnection channel = through.client.newDirectConnection(to.address(), to.port());
      way = channel;
      client.connectVia(channel);
    }
  }

  /** Returns whether somebody has given it up. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isAlive() {
    return !closed && client.getTransport().isRunning();
  }

  @Override
  public synchronized boolean answers() {
    Promise<SSHPacket, ConnectionException> before = sign;
    if (before != null && !before.isFulfilled() && !before.inError()) {
      return false;
    }
    try {
      sign = client.getConnection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
      return true;
    } catch (IOException e) {
      LOG.debug("no sign of life can be asked for", e);
      return false;
    }
  }

  /** The socket first: a goodbye to a host that does not listen would wait for it. */
  @Override
  public void close() {
    closed = true;
    Socket socket = client.getSocket();
    if (socket != null) {
      closeQuietly(socket::close);
    }
    closeQuietly(client::close);
    DirectConnection channel = way;
    if (channel != null && channel.isOpen()) {
      // What is on the other side of the server before may be silent; the server is not.
      closeQuietly(channel.getOutputStream()::close);
    }
  }

  private interface Closing {
    void run() throws IOException;
  }

  private static void closeQuietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException | RuntimeException e) {
      // SSHJ's channels run off their buffers when a goodbye follows a write that failed.
      LOG.debug("a connection that is given up was not closed cleanly", e);
    }
  }
}
