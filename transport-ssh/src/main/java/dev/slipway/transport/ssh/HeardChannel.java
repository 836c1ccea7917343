package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import net.schmizz.concurrent.Event;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that says when something has come, so that nobody has to wait for it. SSHJ calls the
 * methods here on the thread that reads the connection.
 */
final class HeardChannel extends SessionChannel {

  private static final Logger LOG = LoggerFactory.getLogger(HeardChannel.class);
  private static final int MOST_COMPLAINTS = 4096;

  /** More than anybody writes in one go. */
  private static final long ROOM = Integer.MAX_VALUE;

  /** Written by the thread that reads the connection only. */
  private volatile String complaints = "";

  private volatile boolean ended;
  private volatile Runnable listener = () -> {};
  private boolean closed;
  private Runnable whenClosed = () -> {};

  HeardChannel(Connection connection, Charset charset) {
    super(connection, charset);
  }

  /**
   * For SSHJ a host may take as long over what is sent as over letting us in. Its disk may be
   * slower than that, and what was sent already would be sent again.
   */
  @Override
  protected void init(int recipient, long windowSize, long packetSize) {
    int patience = conn.getTimeoutMs();
    conn.setTimeoutMs(Math.toIntExact(Conversation.PATIENCE.toMillis()));
    try {
      super.init(recipient, windowSize, packetSize);
    } finally {
      conn.setTimeoutMs(patience);
    }
  }

  /**
   * Starts a command, and does not wait for the host to say that it has: the command itself will
   * speak, or the channel end.
   */
  void start(String command) throws TransportException {
    Event<ConnectionException> unused =
        sendChannelRequest(
            "exec", true, new Buffer.PlainBuffer().putString(command, getRemoteCharset()));
  }

  @Override
  public void handle(Message message, SSHPacket packet) throws SSHException {
    super.handle(message, packet);
    if (message == Message.CHANNEL_FAILURE) {
      eofInputStreams();
    }
  }

  /**
   * What was killed answers nothing any more, though what it has started may hold the channel open.
   */
  @Override
  public void handleRequest(String type, SSHPacket packet)
      throws ConnectionException, TransportException {
    super.handleRequest(type, packet);
    if ("exit-signal".equals(type)) {
      eofInputStreams();
    }
  }

  void whenHeard(Runnable who) {
    listener = who;
  }

  /** Returns the beginning of what was written to the stream for errors. */
  String complaints() {
    return complaints;
  }

  /** Has somebody called once the other side has closed the channel, or has already. */
  void whenClosed(Runnable who) {
    synchronized (this) {
      if (!closed) {
        whenClosed = who;
        return;
      }
    }
    who.run();
  }

  /** Returns whether nothing more will come than what the input streams hold. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
    super.receiveInto(stream, packet);
    if (stream == getErrorStream()) {
      takeComplaints();
    }
    listener.run();
  }

  /** Also what is too much is taken: a program whose complaints nobody takes stops some time. */
  private void takeComplaints() throws SSHException {
    try {
      InputStream errors = getErrorStream();
      byte[] bytes = new byte[errors.available()];
      int count = bytes.length == 0 ? 0 : errors.read(bytes);
      String text = new String(bytes, 0, Math.max(0, count), UTF_8);
      int room = MOST_COMPLAINTS - complaints.length();
      complaints = complaints.concat(text.substring(0, Math.max(0, Math.min(text.length(), room))));
    } catch (IOException e) {
      throw new ConnectionException(e);
    }
  }

  @Override
  protected void eofInputStreams() {
    super.eofInputStreams();
    end();
  }

  /** Whoever waits until there is room to write would keep what tells him from doing so. */
  @Override
  public void notifyError(SSHException error) {
    makeRoom();
    super.notifyError(error);
    end();
  }

  /** Whoever waits until there is room to write sees then that the channel is closed. */
  @Override
  protected void closeAllStreams() {
    try {
      sendClose();
    } catch (TransportException e) {
      LOG.debug("a channel that the other side has closed is not closed here", e);
    }
    makeRoom();
    super.closeAllStreams();
    end();
  }

  @Override
  protected void finishOff() {
    super.finishOff();
    Runnable who;
    synchronized (this) {
      closed = true;
      who = whenClosed;
    }
    who.run();
  }

  private void makeRoom() {
    if (rwin != null) {
      rwin.expand(ROOM);
    }
  }

  private void end() {
    ended = true;
    listener.run();
  }
}
