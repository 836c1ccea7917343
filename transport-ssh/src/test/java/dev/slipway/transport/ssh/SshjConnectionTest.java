package dev.slipway.transport.ssh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import javax.net.SocketFactory;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.method.AuthNone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A connection to one server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SshjConnectionTest {

  @Test
  void one_that_is_gone_before_the_login_is_a_broken_one_and_no_mistake_of_ours() throws Exception {
    try (PatientThreads threads = new PatientThreads();
        SSHClient client = new SSHClient(SshjDialer.config())) {
      SshjConnection connection =
          new SshjConnection(client, ConnectionPoolTest.hop("web-1"), null, threads);

      assertThatThrownBy(() -> connection.logIn(List.of(new AuthNone())))
          .isInstanceOf(IOException.class)
          .hasMessage("it broke while it was made");
    }
  }

  /** As SSHJ's does between the connection and the exchange of keys. */
  private static final class BreakingClient extends SSHClient {
    BreakingClient() {
      super(SshjDialer.config());
    }

    @Override
    public void connect(String address, int port) {
      throw new IllegalStateException("Not connected");
    }
  }

  @Test
  void one_that_is_gone_before_keys_are_exchanged_is_a_broken_one_too() throws Exception {
    try (PatientThreads threads = new PatientThreads();
        SSHClient client = new BreakingClient()) {
      SshjConnection connection =
          new SshjConnection(client, ConnectionPoolTest.hop("web-1"), null, threads);

      assertThatThrownBy(connection::connect).isInstanceOf(IOException.class);
    }
  }

  /** Connects to nothing, and shows what its sockets are made by. */
  private static final class SocketlessClient extends SSHClient {
    private @Nullable SocketFactory sockets;

    SocketlessClient() {
      super(SshjDialer.config());
    }

    @Override
    public void setSocketFactory(SocketFactory factory) {
      sockets = factory;
    }

    @Override
    public void connect(String address, int port) {}
  }

  @Test
  void a_place_at_the_door_is_kept_until_the_server_says_something_more() throws Exception {
    LoginLimit limit = new LoginLimit();
    try (PatientThreads threads = new PatientThreads();
        SocketlessClient client = new SocketlessClient();
        ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SshjConnection connection =
          new SshjConnection(client, ConnectionPoolTest.hop("web-1"), null, threads);
      connection.connect();
      connection.keepUntilHeard(limit.enter("web-1"));

      assertThat(limit.servers()).isOne();
      try (Socket here = requireNonNull(client.sockets).createSocket()) {
        here.connect(door.getLocalSocketAddress());
        try (Socket there = door.accept()) {
          there.getOutputStream().write(1);
          assertThat(here.getInputStream().read()).isOne();
        }
      }

      assertThat(limit.servers()).isZero();
    }
  }

  @Test
  void one_that_is_closed_leaves_its_place_whenever_it_gets_it() throws Exception {
    LoginLimit limit = new LoginLimit();
    try (PatientThreads threads = new PatientThreads();
        SSHClient client = new SocketlessClient()) {
      SshjConnection connection =
          new SshjConnection(client, ConnectionPoolTest.hop("web-1"), null, threads);
      connection.keepUntilHeard(limit.enter("web-1"));

      connection.close();

      assertThat(limit.servers()).isZero();
      connection.keepUntilHeard(limit.enter("web-1"));
      assertThat(limit.servers()).isZero();
    }
  }
}
