package dev.slipway.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are asked by many hosts, and that do not answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SshAgentTest {

  private static final byte[] ONE_KEY =
      new Buffer.PlainBuffer()
          .putByte((byte) 12)
          .putUInt32(1)
          .putBytes(new Buffer.PlainBuffer().putString("ssh-ed25519").getCompactData())
          .putString("ann")
          .getCompactData();

  @TempDir private Path directory;

  private final AtomicInteger questions = new AtomicInteger();
  private final List<SocketChannel> silent = new ArrayList<>();
  private final SettableClock clock = new SettableClock();
  private ServerSocketChannel listener = listener();
  private volatile boolean answers = true;

  /** What is done when the time for the answer that is waited for is over. */
  private volatile Runnable whenLate = () -> {};

  private static ServerSocketChannel listener() {
    try {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A clock that a test sets. */
  private static final class SettableClock extends Clock {

    private volatile Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void listen() throws IOException {
    listener.bind(UnixDomainSocketAddress.of(directory.resolve("agent")));
    Thread thread = new Thread(this::serve, "agent");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel asked = listener.accept();
        questions.incrementAndGet();
        if (answers) {
          ByteBuffer question = ByteBuffer.allocate(Integer.BYTES + 1);
          while (question.hasRemaining()) {
            asked.read(question);
          }
          asked.write(ByteBuffer.wrap(new Buffer.PlainBuffer().putBytes(ONE_KEY).getCompactData()));
          asked.close();
        } else {
          silent.add(asked);
          whenLate.run();
        }
      }
    } catch (ClosedChannelException e) {
      // The test is over.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private SshAgent agent() {
    return new SshAgent(
        directory.resolve("agent"),
        (time, late) -> {
          whenLate = late;
          return Deadline.none();
        },
        clock);
  }

  @Test
  void one_question_serves_all_hosts_that_are_reached_within_seconds() throws IOException {
    SshAgent agent = agent();

    List<String> held = IntStream.range(0, 100).parallel().mapToObj(host -> held(agent)).toList();

    assertThat(held).hasSize(100).containsOnly("[ann of the agent]");
    assertThat(questions).hasValue(1);
    clock.now = clock.now.plusSeconds(5);
    assertThat(agent.identities()).hasSize(1);
    assertThat(questions).hasValue(2);
  }

  private static String held(SshAgent agent) {
    try {
      return agent.identities().toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_silent_agent_is_waited_for_once_and_then_left_alone() throws IOException {
    answers = false;
    SshAgent agent = agent();

    assertThatThrownBy(agent::identities)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer within 15 s");
    assertThatThrownBy(agent::identities)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was silent, and is not asked for a while");

    assertThat(questions).hasValue(1);
    answers = true;
    clock.now = clock.now.plusSeconds(60);
    assertThat(agent.identities()).hasSize(1);
  }

  @Test
  void an_agent_is_not_silent_because_who_asks_is_interrupted() throws IOException {
    SshAgent agent = agent();
    Thread.currentThread().interrupt();

    assertThatThrownBy(agent::identities).hasMessageContaining("was interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(agent.identities()).hasSize(1);
  }

  @Test
  void an_agent_that_falls_silent_when_it_is_to_sign_holds_up_one_host() throws IOException {
    SshAgent agent = agent();
    Identity key = agent.identities().get(0);
    answers = false;

    assertThatThrownBy(() -> key.sign("ssh-ed25519", new byte[0]))
        .hasMessageContaining("did not answer within");
    assertThatThrownBy(() -> key.sign("ssh-ed25519", new byte[0]))
        .hasMessageContaining("is not asked for a while");

    assertThat(questions).hasValue(2);
  }
}
