package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stretch of network that counts how often we say something after we have heard something: over a
 * long way, each of these is a time to the host and back.
 */
final class TurnProxy implements Closeable {

  private final ServerSocket listener;
  private final int to;
  private final AtomicBoolean heard = new AtomicBoolean(true);
  private final AtomicInteger turns = new AtomicInteger();

  private TurnProxy(ServerSocket listener, int to) {
    this.listener = listener;
    this.to = to;
  }

  static TurnProxy to(int port) throws IOException {
    TurnProxy proxy =
        new TurnProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    start(proxy::accept);
    return proxy;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "turn-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how often since the proxy was started. */
  int turns() {
    return turns.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket here = listener.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
        start(() -> copy(here, there, this::said));
        start(() -> copy(there, here, () -> heard.set(true)));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void said() {
    if (heard.getAndSet(false)) {
      turns.incrementAndGet();
    }
  }

  private static void copy(Socket from, Socket to, Runnable noted) {
    byte[] buffer = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        noted.run();
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One side has gone, and so does the other.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
