package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.schmizz.sshj.SSHClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that lead to a host: to each server on the way one, through the one before it.
 * For one thread while it is made; anyone may close it.
 */
final class SshjRoute implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(SshjRoute.class);

  private final List<SSHClient> clients = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** Goes on with a client that is not connected yet. */
  void add(SSHClient client) {
    clients.add(client);
  }

  /** Returns whether somebody has given it up. */
  boolean isClosed() {
    return closed;
  }

  /** Connects the last client, through the one before it if there is one. */
  void connect(Hop to) throws IOException {
    SSHClient last = host();
    if (clients.size() == 1) {
      last.connect(to.address(), to.port());
    } else {
      SSHClient before = clients.get(clients.size() - 2);
      last.connectVia(before.newDirectConnection(to.address(), to.port()));
    }
  }

  /** Returns the last client: that of the host, when the route is complete. */
  SSHClient host() {
    return clients.get(clients.size() - 1);
  }

  /** The socket first: a goodbye to a host that does not listen would wait for it. */
  @Override
  public void close() {
    closed = true;
    for (SSHClient client : clients) {
      Socket socket = client.getSocket();
      if (socket != null) {
        closeQuietly(socket);
      }
    }
    for (int last = clients.size() - 1; last >= 0; last--) {
      closeQuietly(clients.get(last));
    }
  }

  private static void closeQuietly(Closeable one) {
    try {
      one.close();
    } catch (IOException | RuntimeException e) {
      // SSHJ's channels run off their buffers when a goodbye follows a write that failed.
      LOG.debug("a connection that is given up was not closed cleanly", e);
    }
  }
}
