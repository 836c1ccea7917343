package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A stretch of network between us and a server, which can be cut or fall silent. */
final class CutProxy implements Closeable {

  private final ServerSocket listener;
  private final int to;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger silenced = new AtomicInteger();
  private volatile boolean listening = true;

  private CutProxy(ServerSocket listener, int to) {
    this.listener = listener;
    this.to = to;
  }

  static CutProxy to(int port) throws IOException {
    CutProxy proxy = new CutProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    start(proxy::accept);
    return proxy;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cut-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how many connections were made. */
  int connections() {
    return connections.get();
  }

  /** Breaks all connections that there are; new ones can be made. */
  void cut() {
    sockets.forEach(CutProxy::closeQuietly);
    sockets.clear();
  }

  /** Lets nobody in any more; the connections that there are stay. */
  void stopListening() throws IOException {
    listening = false;
    listener.close();
  }

  /** Loses all that passes over the connections that there are, and breaks none. */
  void silence() {
    silenced.set(connections.get());
  }

  private void accept() {
    try {
      while (true) {
        Socket here = listener.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
        int number = connections.incrementAndGet();
        sockets.add(here);
        sockets.add(there);
        start(() -> copy(here, there, number));
        start(() -> copy(there, here, number));
      }
    } catch (IOException closed) {
      if (listening) {
        cut();
      }
    }
  }

  private void copy(Socket from, Socket to, int number) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (number > silenced.get()) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // One side has gone, and so does the other.
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
