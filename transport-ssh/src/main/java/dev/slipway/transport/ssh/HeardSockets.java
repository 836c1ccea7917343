package dev.slipway.transport.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that tell when something has come, and send at once: a protocol of short questions loses
 * a round trip otherwise.
 */
final class HeardSockets extends SocketFactory {

  private final Runnable whenHeard;

  /**
   * Makes some.
   *
   * @param whenHeard is called by the thread that reads
   */
  HeardSockets(Runnable whenHeard) {
    this.whenHeard = whenHeard;
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket =
        new Socket() {
          @Override
          public InputStream getInputStream() throws IOException {
            return new HeardStream(super.getInputStream(), whenHeard);
          }
        };
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(address, port), new InetSocketAddress(local, localPort));
  }

  private Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(from);
    socket.connect(to);
    return socket;
  }

  private static final class HeardStream extends FilterInputStream {
    private final Runnable whenHeard;

    HeardStream(InputStream in, Runnable whenHeard) {
      super(in);
      this.whenHeard = whenHeard;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        whenHeard.run();
      }
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) {
        whenHeard.run();
      }
      return count;
    }
  }
}
