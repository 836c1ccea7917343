package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.ConnectionImpl;
import net.schmizz.sshj.transport.Transport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way through a server, on a connection on which the test is that server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class WayChannelTest {

  private static final Config CONFIG = SshjDialer.config();
  private static final int WINDOW = 1024;

  /** Nobody waits so long. */
  private static final int TIMEOUT_MILLIS = 60_000;

  private final List<Message> sent = new ArrayList<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final WayChannel way =
      new WayChannel(
          new ConnectionImpl(transport(), CONFIG.getKeepAliveProvider()),
          new Hop(
              "deploy",
              "web-1",
              22,
              new Hop.Login(
                  List.of(),
                  List.of(),
                  false,
                  false,
                  Optional.empty(),
                  "",
                  "",
                  Secrets.Kind.PASSWORD),
              new Hop.Trust(List.of(), Hop.NewHostKeys.REFUSE, ""),
              Optional.empty()),
          heard::incrementAndGet);

  private Transport transport() {
    return (Transport)
        Proxy.newProxyInstance(
            Transport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (self, method, arguments) -> answer(method, arguments));
  }

  private Object answer(Method method, Object[] arguments) {
    switch (method.getName()) {
      case "getTimeoutMs" -> {
        return TIMEOUT_MILLIS;
      }
      case "getConfig" -> {
        return CONFIG;
      }
      case "write" -> {
        SSHPacket packet = (SSHPacket) arguments[0];
        synchronized (sent) {
          sent.add(Message.fromByte(packet.array()[packet.rpos()]));
        }
        return 0L;
      }
      default -> throw new UnsupportedOperationException(method.toString());
    }
  }

  private void confirm(int window) throws SSHException {
    way.handle(
        Message.CHANNEL_OPEN_CONFIRMATION,
        new SSHPacket().putUInt32(0).putUInt32(window).putUInt32(WINDOW));
  }

  private void say(String text) throws SSHException {
    way.handle(Message.CHANNEL_DATA, new SSHPacket().putString(text));
  }

  @Test
  void what_the_other_side_says_is_a_sign_of_life_and_can_be_read() throws IOException {
    confirm(WINDOW);

    say("SSH-2.0");

    assertThat(heard).hasValue(1);
    byte[] said = new byte[7];
    assertThat(way.getInputStream().read(said)).isEqualTo(7);
    assertThat(said).isEqualTo("SSH-2.0".getBytes(UTF_8));
  }

  @Test
  void who_opens_it_does_not_wait_when_it_is_given_up() throws IOException {
    way.giveUp();

    assertThatThrownBy(way::open)
        .isInstanceOf(ConnectionException.class)
        .hasMessage("The way was given up.");
    assertThat(sent).containsExactly(Message.CHANNEL_OPEN);
  }

  @Test
  void it_is_closed_when_it_opens_after_it_was_given_up() throws IOException {
    way.giveUp();
    assertThat(sent).isEmpty();

    confirm(WINDOW);

    assertThat(sent).containsExactly(Message.CHANNEL_CLOSE);
  }

  @Test
  void it_is_closed_once_when_it_is_given_up_again() throws IOException {
    confirm(WINDOW);

    way.giveUp();
    way.giveUp();

    assertThat(sent).containsExactly(Message.CHANNEL_CLOSE);
  }

  @Test
  void what_comes_after_it_was_given_up_is_heard_and_harms_nobody() throws IOException {
    confirm(WINDOW);
    way.giveUp();

    say("too late");

    assertThat(heard).hasValue(1);
    assertThat(way.getInputStream().available()).isZero();
  }

  @Test
  void what_comes_after_its_stream_was_closed_harms_nobody() throws IOException {
    confirm(WINDOW);
    InputStream in = way.getInputStream();
    in.close();

    say("too late");

    assertThat(heard).hasValue(1);
  }

  @Test
  void who_waits_to_be_allowed_to_write_does_so_no_longer_when_it_is_given_up() throws Exception {
    confirm(0);
    OutputStream out = way.getOutputStream();
    AtomicReference<IOException> end = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                out.write("hello".getBytes(UTF_8));
                out.flush();
              } catch (IOException e) {
                end.set(e);
              }
            });
    writer.start();

    way.giveUp();

    writer.join();
    assertThat(end.get()).isNotNull();
    assertThat(sent).contains(Message.CHANNEL_CLOSE).doesNotContain(Message.CHANNEL_OPEN);
  }
}
