package dev.slipway.transport.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import net.schmizz.sshj.common.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent that holds people's keys and signs with them, such as {@code ssh-agent}. Each question
 * has a connection of its own. The protocol is that of draft-miller-ssh-agent.
 *
 * <p>What it holds is asked once for many hosts. An agent that is silent, because it waits for
 * somebody who is not there, is left alone for a while, so that not every host waits for it.
 * Thread-safe.
 */
final class SshAgent {

  private static final Logger LOG = LoggerFactory.getLogger(SshAgent.class);
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;
  private static final int LONGEST_ANSWER = 256 * 1024;
  private static final int MOST_KEYS = 2048;

  /** How long an answer may take: somebody may have to touch a key or to say yes. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** For how long what it holds is known. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** For how long it is left alone after it was silent. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final Path socket;
  private final BiFunction<Duration, Runnable, Deadline> deadlines;
  private final Clock clock;
  private final ReentrantLock listing = new ReentrantLock();
  private @Nullable Listed listed;
  private volatile Instant restsUntil = Instant.MIN;

  private record Listed(List<Identity> held, Instant at) {}

  SshAgent(Path socket) {
    this(socket, Deadline::in, Clock.systemUTC());
  }

  /**
   * Makes one.
   *
   * @param deadlines what sets one, as {@link Deadline#in} does
   */
  SshAgent(Path socket, BiFunction<Duration, Runnable, Deadline> deadlines, Clock clock) {
    this.socket = socket;
    this.deadlines = deadlines;
    this.clock = clock;
  }

  /** Returns the keys and certificates that it holds, or held a few seconds ago. */
  List<Identity> identities() throws IOException {
    listing.lock();
    try {
      Listed before = listed;
      Instant now = clock.instant();
      if (before != null && now.isBefore(before.at().plus(FRESH))) {
        return before.held();
      }
      List<Identity> held = List.copyOf(list());
      listed = new Listed(held, now);
      return held;
    } finally {
      listing.unlock();
    }
  }

  private List<Identity> list() throws IOException {
    Buffer.PlainBuffer answer =
        ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
    long count = answer.readUInt32();
    if (count > MOST_KEYS) {
      throw new IOException("the agent at " + socket + " says that it holds " + count + " keys");
    }
    List<Identity> held = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      byte[] blob = answer.readBytes();
      held.add(new Held(blob, answer.readString()));
    }
    return held;
  }

  private byte[] sign(byte[] blob, String algorithm, byte[] data) throws IOException {
    int flags =
        switch (algorithm) {
          case "rsa-sha2-512" -> RSA_SHA2_512;
          case "rsa-sha2-256" -> RSA_SHA2_256;
          default -> 0;
        };
    return ask(
            new Buffer.PlainBuffer()
                .putByte(SIGN_REQUEST)
                .putBytes(blob)
                .putBytes(data)
                .putUInt32(flags),
            SIGN_RESPONSE)
        .readBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer question, byte expected) throws IOException {
    if (clock.instant().isBefore(restsUntil)) {
      throw new IOException("the agent at " + socket + " was silent, and is not asked for a while");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // A socket of this kind knows no limits of time; who waits for it ends when it is closed.
      Deadline late = deadlines.apply(PATIENCE, () -> closeQuietly(channel));
      try {
        return ask(channel, question, expected);
      } finally {
        late.callOff();
      }
    } catch (ClosedByInterruptException e) {
      throw new IOException("who asked the agent at " + socket + " was interrupted", e);
    } catch (ClosedChannelException e) {
      restsUntil = clock.instant().plus(REST);
      throw new IOException(
          "the agent at " + socket + " did not answer within " + PATIENCE.toSeconds() + " s", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException("the agent at " + socket + " cannot be asked: " + e.getMessage(), e);
    }
  }

  private Buffer.PlainBuffer ask(SocketChannel channel, Buffer.PlainBuffer question, byte expected)
      throws IOException {
    channel.connect(UnixDomainSocketAddress.of(socket));
    ByteBuffer out =
        ByteBuffer.wrap(
            new Buffer.PlainBuffer().putBytes(question.getCompactData()).getCompactData());
    while (out.hasRemaining()) {
      channel.write(out);
    }
    int length = read(channel, Integer.BYTES).getInt();
    if (length < 1 || length > LONGEST_ANSWER) {
      throw new IOException("it does not speak the protocol of agents");
    }
    Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read(channel, length).array());
    if (answer.readByte() != expected) {
      throw new IOException("it has refused");
    }
    return answer;
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a connection to an agent was not closed cleanly", e);
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new IOException("it has hung up");
      }
    }
    return in.flip();
  }

  /** A key in the agent. */
  private final class Held implements Identity {

    private final byte[] blob;
    private final String comment;

    Held(byte[] blob, String comment) {
      this.blob = blob;
      this.comment = comment;
    }

    @Override
    public byte[] blob() {
      return blob.clone();
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) throws IOException {
      return SshAgent.this.sign(blob, algorithm, data);
    }

    @Override
    public String toString() {
      return comment + " of the agent";
    }
  }
}
