package dev.slipway.transport.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A stretch of network that chance treats badly: so many of its connections come to harm, each
 * once, after some of its bytes have passed in one direction or the other. Thread-safe.
 */
final class FaultyNetwork implements Closeable {

  /** What happens to a connection. */
  enum Fault {
    /** From now on everything comes late. */
    DELAY,
    /** Nothing passes until somebody else connects; then what was held back arrives. */
    STALL,
    /** Both sides see it break. */
    CUT,
    /** One side has said all it will, as far as the other knows. */
    HALF_CLOSE,
    /** The server's process for the connection, and those for all others, are killed. */
    SERVER_KILLED
  }

  private static final long DELAY_NANOS = 20_000_000;
  private static final int MOST_DOUBLINGS = 17;

  private final ServerSocket listener;
  private final int to;
  private final Random random;
  private final Runnable killServer;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
  private int faultsLeft;
  private int connections;
  private boolean closed;

  private FaultyNetwork(
      ServerSocket listener, int to, Random random, int faults, Runnable killServer) {
    this.listener = listener;
    this.to = to;
    this.random = random;
    this.faultsLeft = faults;
    this.killServer = killServer;
  }

  /**
   * Opens a way to a port.
   *
   * @param random decides what happens when
   * @param faults how many connections come to harm, the first ones
   * @param killServer kills the processes that serve connections
   */
  static FaultyNetwork to(int port, Random random, int faults, Runnable killServer)
      throws IOException {
    FaultyNetwork network =
        new FaultyNetwork(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            port,
            random,
            faults,
            killServer);
    start(network::accept);
    return network;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "faulty-network");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how often each fault has happened. */
  synchronized Map<Fault, Integer> happened() {
    return Map.copyOf(happened);
  }

  /** The fate of one connection. */
  private record Fate(Fault fault, boolean toServer, long afterBytes) {}

  private synchronized Fate fate() {
    connections++;
    notifyAll();
    if (faultsLeft == 0) {
      return new Fate(Fault.DELAY, true, Long.MAX_VALUE);
    }
    faultsLeft--;
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    long size = 1L << random.nextInt(MOST_DOUBLINGS);
    return new Fate(fault, random.nextBoolean(), size + random.nextInt((int) size));
  }

  private synchronized void note(Fault fault) {
    happened.merge(fault, 1, Integer::sum);
  }

  private synchronized void awaitAnotherConnection() {
    int now = connections;
    try {
      while (connections == now && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        sockets.add(client);
        sockets.add(server);
        Fate fate = fate();
        start(() -> copy(client, server, fate, fate.toServer()));
        start(() -> copy(server, client, fate, !fate.toServer()));
      }
    } catch (IOException e) {
      sockets.forEach(FaultyNetwork::closeQuietly);
    }
  }

  private void copy(Socket from, Socket into, Fate fate, boolean isStruck) {
    byte[] buffer = new byte[8 * 1024];
    long passed = 0;
    boolean struck = false;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        passed += count;
        if (isStruck && !struck && passed >= fate.afterBytes()) {
          struck = true;
          note(fate.fault());
          if (strike(fate.fault(), from, into)) {
            return;
          }
        }
        if (struck && fate.fault() == Fault.DELAY) {
          LockSupport.parkNanos(DELAY_NANOS);
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One side has gone, and so does the other.
    }
    closeQuietly(from);
    closeQuietly(into);
  }

  /** Returns whether nothing more passes in this direction. */
  private boolean strike(Fault fault, Socket from, Socket into) throws IOException {
    switch (fault) {
      case STALL -> awaitAnotherConnection();
      case CUT -> {
        from.setSoLinger(true, 0);
        into.setSoLinger(true, 0);
        closeQuietly(from);
        closeQuietly(into);
        return true;
      }
      case HALF_CLOSE -> {
        into.shutdownOutput();
        return true;
      }
      case SERVER_KILLED -> killServer.run();
      case DELAY -> {
        // What passes from now on is delayed where it passes.
      }
    }
    return false;
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
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    listener.close();
    sockets.forEach(FaultyNetwork::closeQuietly);
  }
}
