package dev.slipway.transport.ssh;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * An agent that holds people's keys and signs with them, such as {@code ssh-agent}. Each question
 * has a connection of its own. The protocol is that of draft-miller-ssh-agent. Thread-safe.
 */
final class SshAgent {

  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;
  private static final int LONGEST_ANSWER = 256 * 1024;
  private static final int MOST_KEYS = 2048;

  private final Path socket;

  SshAgent(Path socket) {
    this.socket = socket;
  }

  /** Returns the keys and certificates that it holds. */
  List<Identity> identities() throws IOException {
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
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer out =
          ByteBuffer.wrap(
              new Buffer.PlainBuffer().putBytes(question.getCompactData()).getCompactData());
      while (out.hasRemaining()) {
        channel.write(out);
      }
      int length = read(channel, Integer.BYTES).getInt();
      if (length < 1 || length > LONGEST_ANSWER) {
        throw new IOException("the agent at " + socket + " does not speak its protocol");
      }
      Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read(channel, length).array());
      if (answer.readByte() != expected) {
        throw new IOException("the agent at " + socket + " has refused");
      }
      return answer;
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException("the agent at " + socket + " cannot be asked: " + e.getMessage(), e);
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
