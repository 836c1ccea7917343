package dev.slipway.transport.ssh;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to one server, direct or through another one. Anyone may close it. */
final class SshjConnection implements ConnectionPool.Connection {

  private static final Logger LOG = LoggerFactory.getLogger(SshjConnection.class);

  private final SSHClient client;
  private final Hop to;
  private final @Nullable SshjConnection through;
  private final PatientThreads threads;
  private final Pulse pulse;
  private final AtomicReference<LoginLimit.@Nullable Place> place = new AtomicReference<>();
  private volatile @Nullable WayChannel way;
  private volatile boolean closed;

  /**
   * Makes one of a client that is not connected yet.
   *
   * @param through the connection to the server before, if there is one
   */
  SshjConnection(
      SSHClient client, Hop to, @Nullable SshjConnection through, PatientThreads threads) {
    this.client = client;
    this.to = to;
    this.through = through;
    this.threads = threads;
    this.pulse = new Pulse(threads.questions(), this::askForSign);
  }

  private void heard() {
    pulse.beat();
    leavePlace();
  }

  private void askForSign() {
    try {
      Object unused =
          client.getConnection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
    } catch (IOException e) {
      LOG.debug("{} cannot be asked for a sign of life", to, e);
    }
  }

  SSHClient client() {
    return client;
  }

  /** Returns the server that it leads to. */
  Hop to() {
    return to;
  }

  /** Returns the servers that lead to it, the nearest to this machine first; empty for none. */
  private String before() {
    if (through == null) {
      return "";
    }
    String further = through.before();
    return further.isEmpty() ? through.toString() : further + ", " + through;
  }

  /**
   * Returns the server with what there is to know of the way to it: the fault may be with a server
   * before, and the same address may be another host behind another one.
   */
  String named() {
    return through == null ? to.toString() : to + " (behind " + before() + ")";
  }

  /** Connects, but does not log in. Blocks until it has, or is closed. */
  void connect() throws IOException {
    if (through == null) {
      client.setSocketFactory(new HeardSockets(this::heard));
      unbroken(() -> client.connect(to.address(), to.port()));
    } else {
      WayChannel channel = new WayChannel(through.client.getConnection(), to, this::heard);
      way = channel;
      if (closed) {
        // Who has closed it has not seen the way.
        channel.giveUp();
      }
      channel.open();
      unbroken(() -> client.connectVia(channel));
    }
  }

  /**
   * Logs in, by the first way that the server accepts. Those that it does not go on with are left
   * out: servers count what is tried, and end the connection after a few.
   *
   * @throws LoginRefusal if the server lets nobody in
   * @throws IOException also when the connection has broken just now, which for SSHJ is a mistake
   *     of its caller, or a refusal of one way
   */
  void logIn(List<AuthMethod> ways) throws IOException {
    UserAuth auth = client.getUserAuth();
    UserAuthException ours = null;
    for (AuthMethod way : ways) {
      // Nothing is said before the first refusal.
      Collection<String> goesOn = auth.getAllowedMethods();
      if (!goesOn.isEmpty() && !goesOn.contains(way.getName())) {
        continue;
      }
      try {
        unbroken(() -> client.auth(to.user(), way));
        return;
      } catch (UserAuthException e) {
        throwIfBroken(e);
        ours = e.getCause() instanceof UserAuthException cause ? cause : ours;
      }
    }
    throw LoginRefusal.of(auth, ours);
  }

  /**
   * Gives up the place at the server's door when the server says something more, or this is closed.
   * It says that somebody is in before it has counted him so; what it says afterwards comes from
   * whoever serves the account.
   */
  void keepUntilHeard(LoginLimit.Place kept) {
    place.set(kept);
    if (closed) {
      leavePlace();
    }
  }

  private void leavePlace() {
    if (place.get() == null) {
      return;
    }
    LoginLimit.Place kept = place.getAndSet(null);
    if (kept != null) {
      kept.close();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** A connection that has broken just now is for SSHJ one that its caller has not made. */
  private static void unbroken(Step step) throws IOException {
    try {
      step.run();
    } catch (IllegalStateException e) {
      throw new TransportException("it broke while it was made", e);
    }
  }

  private static void throwIfBroken(UserAuthException e) throws IOException {
    for (Throwable one = e; one != null; one = one.getCause()) {
      if (one instanceof TransportException broken) {
        throw LoginRefusal.isTooMany(broken) ? LoginRefusal.tooMany(broken) : broken;
      }
      if (one instanceof TimeoutException) {
        throw new TransportException("it is silent during the login", one);
      }
    }
  }

  /** Returns whether somebody has given it up. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isAlive() {
    return !closed && client.getTransport().isRunning() && !pulse.isInDoubt();
  }

  @Override
  public boolean answers() {
    return pulse.isFelt();
  }

  /**
   * Asks for a sign of life, here and at the servers before. Those that give none within a time do
   * not count as alive, until they do.
   *
   * @param ifNone what is done then if this one has given none
   */
  Deadline expectSign(Duration within, Runnable ifNone) {
    BooleanSupplier isHeard = expected();
    return Deadline.in(
        within,
        () -> {
          if (!isHeard.getAsBoolean()) {
            ifNone.run();
          }
        });
  }

  /** Whoever hears that there was no sign finds those before in doubt already. */
  private BooleanSupplier expected() {
    BooleanSupplier before = through == null ? () -> true : through.expected();
    BooleanSupplier here = pulse.expected();
    return () -> {
      boolean unused = before.getAsBoolean();
      return here.getAsBoolean();
    };
  }

  /**
   * The socket first: a goodbye to a host that does not listen would wait for it. One to a host
   * behind another one may wait for that.
   */
  @Override
  public void close() {
    closed = true;
    leavePlace();
    WayChannel channel = way;
    if (channel != null) {
      threads
          .goodbyes()
          .execute(
              () -> {
                closeQuietly(channel::giveUp);
                closeQuietly(client::close);
              });
      return;
    }
    Socket socket = client.getSocket();
    if (socket != null) {
      closeQuietly(socket::close);
    }
    closeQuietly(client::close);
  }

  private static void closeQuietly(Step closing) {
    try {
      closing.run();
    } catch (IOException | RuntimeException e) {
      // SSHJ's channels run off their buffers when a goodbye follows a write that failed.
      LOG.debug("a connection that is given up was not closed cleanly", e);
    }
  }

  @Override
  public String toString() {
    return to.toString();
  }
}
