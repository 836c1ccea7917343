package dev.slipway.transport.ssh;

import dev.slipway.spi.transport.UnreachableReason;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner at the end of an SSH channel. */
final class SshjLink implements RunnerLink {

  private static final Logger LOG = LoggerFactory.getLogger(SshjLink.class);
  private static final long STATUS_SECONDS = 5;

  private final ConnectionPool.Lease<SshjConnection> lease;
  private final HeardChannel channel;
  private final Sudo sudo;
  private final Duration patience;
  private final Deadline late;
  private volatile boolean isLate;
  private volatile boolean isGreeted;
  private volatile Runnable listener = () -> {};

  /**
   * Makes one.
   *
   * @param sudo what starts the runner
   * @param patience how long the runner may take to greet
   */
  SshjLink(
      ConnectionPool.Lease<SshjConnection> lease,
      HeardChannel channel,
      Sudo sudo,
      Duration patience) {
    this.lease = lease;
    this.channel = channel;
    this.sudo = sudo;
    this.patience = patience;
    this.late = Deadline.in(patience, this::giveUp);
    channel.whenHeard(this::heard);
    // It may have said something before anybody listened.
    heard();
  }

  private void giveUp() {
    if (!isGreeted) {
      isLate = true;
      close();
    }
  }

  /** A sudo that asks again would take for passwords what is meant for the runner. */
  private void heard() {
    if (!isGreeted && sudo.asksAgain(channel.complaints())) {
      // Not here: this is the thread that reads the connection.
      Deadline unused = Deadline.in(Duration.ZERO, this::close);
    }
    listener.run();
  }

  @Override
  public void greeted() {
    isGreeted = true;
    late.callOff();
  }

  @Override
  public void explain() throws LinkFailure, HostUnfitException {
    sudo.explain(channel.complaints(), exitStatus());
    if (isLate) {
      throw new LinkFailure(
          UnreachableReason.TIMED_OUT,
          sudo.server()
              + " did not start the runner within "
              + patience.toSeconds()
              + " s."
              + (complaints().isBlank() ? "" : " It said: " + complaints().strip()),
          null);
    }
  }

  /** It comes after all that the runner has said. */
  private @Nullable Integer exitStatus() {
    if (!lease.connection().isClosed()) {
      try {
        channel.join(STATUS_SECONDS, TimeUnit.SECONDS);
      } catch (ConnectionException e) {
        LOG.debug("how the runner ended is not known", e);
      }
    }
    return channel.getExitStatus();
  }

  @Override
  public InputStream fromRunner() {
    return channel.getInputStream();
  }

  @Override
  public void whenHeard(Runnable listener) {
    this.listener = listener;
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
    return channel.complaints();
  }

  @Override
  public boolean answers() {
    return lease.connection().answers();
  }

  @Override
  public void leave() {
    late.callOff();
    lease.leave();
    channel.whenClosed(lease::giveBack);
  }

  @Override
  public void close() {
    late.callOff();
    lease.close();
  }
}
