package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner at the end of an SSH channel. */
final class SshjLink implements RunnerLink {

  private static final Logger LOG = LoggerFactory.getLogger(SshjLink.class);
  private static final int MOST_COMPLAINTS = 4096;

  private final SshjRoute route;
  private final HeardChannel channel;
  private @Nullable Promise<SSHPacket, ConnectionException> sign;

  SshjLink(SshjRoute route, HeardChannel channel) {
    this.route = route;
    this.channel = channel;
  }

  @Override
  public InputStream fromRunner() {
    return channel.getInputStream();
  }

  @Override
  public void whenHeard(Runnable listener) {
    channel.whenHeard(listener);
  }

  @Override
  public boolean hasEnded() {
    return channel.hasEnded();
  }

  @Override
  public OutputStream toRunner() {
    return channel.getOutputStream();
  }

  @Override
  public String complaints() {
    try {
      InputStream errors = channel.getErrorStream();
      int size = Math.min(errors.available(), MOST_COMPLAINTS);
      return new String(errors.readNBytes(size), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public boolean answers() {
    Promise<SSHPacket, ConnectionException> before = sign;
    if (before != null && !before.isFulfilled() && !before.inError()) {
      return false;
    }
    try {
      sign =
          route
              .host()
              .getConnection()
              .sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
      return true;
    } catch (IOException e) {
      LOG.debug("no sign of life can be asked for", e);
      return false;
    }
  }

  @Override
  public void close() {
    route.close();
  }
}
