package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.method.AuthNone;
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
}
