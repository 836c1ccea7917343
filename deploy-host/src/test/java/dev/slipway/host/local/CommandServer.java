package dev.slipway.host.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Runs local deployments in this process for whoever asks on a port of loopback. */
public final class CommandServer implements AutoCloseable {

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong ids = new AtomicLong();

  private final Elsewhere elsewhere;
  private final String via;

  /**
   * Begins to serve.
   *
   * @param elsewhere how {@code --via} reaches hosts
   * @param via what is said with {@code --via}, but for the directory; empty for this machine
   */
  public CommandServer(Elsewhere elsewhere, String via) throws IOException {
    this.elsewhere = elsewhere;
    this.via = via;
    socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Returns the port. */
  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        DataInputStream in = new DataInputStream(connection.getInputStream());
        DataOutputStream out = new DataOutputStream(connection.getOutputStream())) {
      byte[] request = new byte[in.readInt()];
      in.readFully(request);
      String text = new String(request, StandardCharsets.UTF_8);
      List<String> parts = List.of(text.substring(0, text.length() - 1).split("\0", -1));
      int arguments = 2 + Integer.parseInt(parts.get(1));
      Map<String, String> environment = new HashMap<>();
      for (String variable : parts.subList(2, arguments)) {
        int equals = variable.indexOf('=');
        environment.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
      answer(parts.get(0), environment, parts.subList(arguments, parts.size()), out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void answer(
      String directory,
      Map<String, String> environment,
      List<String> arguments,
      DataOutputStream to)
      throws IOException {
    List<String> all = new ArrayList<>(arguments);
    if (!via.isEmpty()) {
      all.addAll(List.of("--via", via + directory));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new LocalDeployment(
                new PrintWriter(out),
                new PrintWriter(err),
                environment,
                Path.of(directory),
                Clock.systemUTC(),
                ZoneOffset.UTC,
                () -> String.format("T%08d", ids.incrementAndGet()),
                elsewhere)
            .run(all);
    byte[] outBytes = out.toString().getBytes(StandardCharsets.UTF_8);
    byte[] errBytes = err.toString().getBytes(StandardCharsets.UTF_8);
    to.writeInt(status);
    to.writeInt(outBytes.length);
    to.writeInt(errBytes.length);
    to.write(outBytes);
    to.write(errBytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }

  /** Serves until the process ends, and prints the port. */
  public static void main(String[] args) throws IOException {
    CommandServer server = new CommandServer(Elsewhere.NOWHERE, "");
    System.out.println(server.port());
  }
}
