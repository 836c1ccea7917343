package dev.slipway.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to servers on loopback addresses that takes time, and counts what passes. It listens at one
 * port of all addresses, and leads to another port of the address that a client has connected to.
 * What it lacks of a real network is that sending begins slowly: as long as nothing is in the way
 * it has any bandwidth.
 *
 * <p>Run by itself so that its work is not that of what is measured: {@code PORT TARGET-PORT
 * MILLISECONDS}, those of a way there and back; it ends with its input.
 */
final class DelayingProxy implements Closeable {

  private static final int PIECE = 64 * 1024;

  /** What one direction of a connection holds at most. */
  private static final int MOST_PIECES = 512;

  private static final int BACKLOG = 2000;

  private final ServerSocket listener;
  private final int targetPort;
  private final long roundTripNanos;
  private final AtomicLong toServers = new AtomicLong();
  private final AtomicLong toClients = new AtomicLong();

  private DelayingProxy(ServerSocket listener, int targetPort, Duration roundTrip) {
    this.listener = listener;
    this.targetPort = targetPort;
    this.roundTripNanos = roundTrip.toNanos();
  }

  public static void main(String[] args) throws IOException {
    try (DelayingProxy proxy =
        open(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            Duration.ofMillis(Long.parseLong(args[2])))) {
      System.out.println("listening at " + proxy.port());
      System.in.readAllBytes();
    }
  }

  /** Starts one in a process of its own, which ends when its input is closed. */
  static Process start(int port, int targetPort, Duration roundTrip) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DelayingProxy.class.getName(),
                String.valueOf(port),
                String.valueOf(targetPort),
                String.valueOf(roundTrip.toMillis()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.inputReader().readLine();
    return process;
  }

  /** Opens one; port 0 is any that is free. */
  static DelayingProxy open(int port, int targetPort, Duration roundTrip) throws IOException {
    DelayingProxy proxy =
        new DelayingProxy(
            new ServerSocket(port, BACKLOG, InetAddress.getByName("0.0.0.0")),
            targetPort,
            roundTrip);
    run(proxy::accept);
    return proxy;
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "delaying-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how many bytes went to servers. */
  long toServers() {
    return toServers.get();
  }

  /** Returns how many bytes came from servers. */
  long toClients() {
    return toClients.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        run(() -> connect(client));
      }
    } catch (IOException e) {
      // The proxy was closed.
    }
  }

  /** A client is connected at once here, elsewhere after one way there and back. */
  private void connect(Socket client) {
    long accepted = System.nanoTime();
    Socket server = new Socket();
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      waitUntil(accepted + roundTripNanos + roundTripNanos / 2);
      server.connect(new InetSocketAddress(client.getLocalAddress(), targetPort));
    } catch (IOException e) {
      closeQuietly(client);
      closeQuietly(server);
      return;
    }
    new Direction(client, server, toServers).start();
    new Direction(server, client, toClients).start();
  }

  private static void waitUntil(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
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
  }

  /** Bytes and when they arrive. No bytes are the end. */
  private record Piece(ByteBuffer bytes, long due) {}

  private final class Direction {
    private final Socket from;
    private final Socket to;
    private final AtomicLong passed;
    private final BlockingQueue<Piece> underway = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST_PIECES);

    Direction(Socket from, Socket to, AtomicLong passed) {
      this.from = from;
      this.to = to;
      this.passed = passed;
    }

    void start() {
      run(this::read);
      run(this::write);
    }

    private void read() {
      byte[] buffer = new byte[PIECE];
      try {
        InputStream in = from.getInputStream();
        for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
          room.acquireUninterruptibly();
          passed.addAndGet(count);
          put(Arrays.copyOf(buffer, count));
        }
      } catch (IOException e) {
        // It ends for the other side as well.
      }
      put(new byte[0]);
    }

    private void put(byte[] bytes) {
      underway.add(new Piece(ByteBuffer.wrap(bytes), System.nanoTime() + roundTripNanos / 2));
    }

    private void write() {
      try {
        OutputStream out = to.getOutputStream();
        for (Piece piece = underway.take(); piece.bytes().hasRemaining(); piece = underway.take()) {
          waitUntil(piece.due());
          out.write(piece.bytes().array());
          room.release();
        }
      } catch (IOException | InterruptedException e) {
        // The other side has gone.
      }
      List.of(from, to).forEach(DelayingProxy::closeQuietly);
    }
  }
}
