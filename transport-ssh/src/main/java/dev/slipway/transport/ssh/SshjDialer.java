package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.OpenFailException.Reason;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reaches hosts with SSHJ: the only place that knows it speaks SSH. */
final class SshjDialer implements Dialer {

  private static final Logger LOG = LoggerFactory.getLogger(SshjDialer.class);

  /** Which part of what connecting may take one that there is already has to show that it lives. */
  private static final int SIGNS_PER_CONNECT = 3;

  /** Of what servers send, which is little; each channel keeps room for two such packets. */
  private static final int LARGEST_PACKET = 8 * 1024;

  /** How many times as long as to connect a runner may take to greet: hosts may be busy. */
  private static final int CONNECTS_PER_GREETING = 4;

  private final Config config;
  private final SshOptions options;
  private final RunnerScript script;
  private final KnownHosts knownHosts = new KnownHosts();
  private final Identities identities;

  /** Only reads files of keys. */
  private final SSHClient reader;

  private final PatientThreads threads;
  private final LoginLimit logins;
  private final ConnectionPool<SshjConnection> pool;

  SshjDialer(SshOptions options) {
    this.options = options;
    this.script = RunnerScript.load();
    this.config = config();
    this.identities = new Identities(options.secrets());
    this.reader = new SSHClient(config);
    this.threads = new PatientThreads();
    this.logins = new LoginLimit();
    this.pool =
        new ConnectionPool<>(
            this::connect,
            options.connections().idle(),
            options.connections().hostsPerJump(),
            System::nanoTime);
  }

  private SshjDialer(SshjDialer other, RunnerScript script) {
    this.options = other.options;
    this.script = script;
    this.config = other.config;
    this.identities = other.identities;
    this.reader = other.reader;
    this.threads = other.threads;
    this.logins = other.logins;
    this.pool = other.pool;
  }

  /** Returns a dialer that starts another program, over the same connections. */
  SshjDialer starting(RunnerScript other) {
    return new SshjDialer(this, other);
  }

  /**
   * The embedder's security providers stay as they are. Without Bouncy Castle there are no ECDSA
   * keys in SSHJ, so they are not offered: then a host that has another key too shows that one.
   */
  static Config config() {
    SecurityUtils.setRegisterBouncyCastle(false);
    DefaultConfig config = new DefaultConfig();
    // HostKeyCheck does that, and knows by which name a host is known.
    config.setVerifyHostKeyCertificates(false);
    config.setCipherFactories(
        config.getCipherFactories().stream()
            .sorted(Comparator.comparingInt(cipher -> rank(cipher.getName())))
            .toList());
    config.setKeyExchangeFactories(
        config.getKeyExchangeFactories().stream()
            .filter(exchange -> isSafe(exchange.getName()))
            .toList());
    if (Security.getProvider(SecurityUtils.BOUNCY_CASTLE) == null) {
      config.setKeyAlgorithms(
          config.getKeyAlgorithms().stream()
              .filter(algorithm -> !algorithm.getName().contains("ecdsa"))
              .toList());
    }
    return config;
  }

  /** A group that the server chooses may be a weak one. The first is too small for this age. */
  private static boolean isSafe(String exchange) {
    return !exchange.contains("group-exchange") && !exchange.contains("group1-");
  }

  /** AES-GCM is what processors do themselves. */
  private static int rank(String cipher) {
    return switch (cipher) {
      case "aes128-gcm@openssh.com" -> 0;
      case "aes256-gcm@openssh.com" -> 1;
      default -> 2;
    };
  }

  /** A connection that was kept may have died since; then there is another one. */
  @Override
  public RunnerLink dial(Host host, HostSettings settings, RunnerRequest request)
      throws LinkFailure {
    List<Hop> way = settings.hops();
    // Whoever is asked for a secret may take longer than a server waits.
    char[] forSudo =
        settings.sudo() && !settings.sudoPassword().isEmpty()
            ? identities.password(
                settings.sudoPassword(), Secrets.Kind.SUDO_PASSWORD, settings.server())
            : new char[0];
    while (true) {
      ConnectionPool.Lease<SshjConnection> lease = pool.take(way);
      boolean done = false;
      try {
        RunnerLink link = start(settings, request, forSudo, lease);
        done = true;
        return link;
      } catch (LinkFailure e) {
        if (!lease.isUsedBefore()) {
          throw e;
        }
        LOG.debug("{}: the connection that was kept is of no use", settings, e);
      } finally {
        if (!done) {
          lease.close();
        }
      }
    }
  }

  /** Returns how many connections wait for a deployment. */
  int kept() {
    return pool.kept();
  }

  @Override
  public void probe() {
    pool.probe();
  }

  @Override
  public void expire() {
    pool.expire();
  }

  @Override
  public void close() {
    pool.close();
    threads.close();
  }

  private Duration patience(Hop hop) {
    return hop.connectTimeout().orElse(options.connectTimeout());
  }

  /** A server, and what is tried there. */
  private record Login(Hop hop, Identities.Offer offer, String password) {

    @Override
    public String toString() {
      return hop.toString();
    }
  }

  private Login login(Hop hop) throws LinkFailure {
    String password = hop.login().password();
    return new Login(
        hop,
        identities.of(hop, reader),
        password.isEmpty()
            ? ""
            : new String(identities.password(password, hop.login().passwordKind(), hop)));
  }

  private SshjConnection connect(Hop hop, @Nullable SshjConnection through) throws LinkFailure {
    // First of all: whoever is asked for a secret may take longer than a server waits.
    Login login = login(hop);
    SSHClient client = new SSHClient(config);
    SshjConnection connection = new SshjConnection(client, hop, through, threads);
    HostKeyCheck check =
        new HostKeyCheck(knownHosts, hop, Clock.systemUTC(), options.newHostKeys());
    LoginLimit.Place place = enter(connection, login);
    boolean done = false;
    try {
      establish(connection, login, check, through);
      done = true;
    } finally {
      if (!done) {
        place.close();
      }
    }
    connection.keepUntilHeard(place);
    return connection;
  }

  private LoginLimit.Place enter(SshjConnection connection, Login login) throws LinkFailure {
    try {
      return logins.enter(connection.named());
    } catch (InterruptedIOException e) {
      throw failure(connection, login.offer(), null, e);
    }
  }

  private void establish(
      SshjConnection connection, Login login, HostKeyCheck check, @Nullable SshjConnection through)
      throws LinkFailure {
    boolean done = false;
    Hop hop = login.hop();
    SSHClient client = connection.client();
    Duration patience = patience(hop);
    // SSHJ waits for ever for the first words of a server that accepts connections and is silent.
    Deadline late = Deadline.in(patience.multipliedBy(2), connection::close);
    Deadline noWay = expectWay(through, connection);
    try {
      int millis = Math.toIntExact(patience.toMillis());
      client.setConnectTimeout(millis);
      client.getTransport().setTimeoutMs(millis);
      client.getConnection().setTimeoutMs(millis);
      client.getConnection().setMaxPacketSize(LARGEST_PACKET);
      client.addHostKeyVerifier(check);
      connection.connect();
      connection.logIn(methods(login));
      done = true;
    } catch (IOException e) {
      if (through != null && e instanceof OpenFailException closed) {
        throw closedWay(hop, through, closed);
      }
      if (through != null && !through.isAlive()) {
        throw lostWay(hop, through, e);
      }
      throw connection.isClosed()
          ? silent(connection, e)
          : failure(connection, login.offer(), check.refusal(), e);
    } finally {
      late.callOff();
      noWay.callOff();
      if (!done) {
        connection.close();
      }
    }
  }

  /** One that leads on and that others have used may have died since, and nobody has noticed. */
  private Deadline expectWay(@Nullable SshjConnection through, SshjConnection connection) {
    return through == null
        ? Deadline.none()
        : through.expectSign(quick(through.to()), connection::close);
  }

  private Duration quick(Hop hop) {
    return patience(hop).dividedBy(SIGNS_PER_CONNECT);
  }

  private RunnerLink start(
      HostSettings settings,
      RunnerRequest request,
      char[] forSudo,
      ConnectionPool.Lease<SshjConnection> lease)
      throws LinkFailure {
    Hop target = settings.server();
    try {
      SSHClient client = lease.connection().client();
      HeardChannel channel = new HeardChannel(client.getConnection(), client.getRemoteCharset());
      open(channel, lease);
      Sudo sudo = new Sudo(target, settings.sudo(), !settings.sudoPassword().isEmpty());
      if (sudo.isUsed() && sudo.hasPassword()) {
        channel.start(script.commandLineWithPassword(request));
        OutputStream toHost = channel.getOutputStream();
        toHost.write(
            (new String(forSudo) + "\n" + RunnerScript.AFTER_PASSWORD + "\n").getBytes(UTF_8));
        toHost.flush();
      } else {
        channel.start(script.commandLine(request, settings.sudo()));
      }
      return new SshjLink(
          lease, channel, sudo, patience(target).multipliedBy(CONNECTS_PER_GREETING));
    } catch (IOException e) {
      throw failure(lease.connection(), Identities.Offer.NONE, null, e);
    }
  }

  /** Who has a connection already, though of no use, should not wait as long as for a new one. */
  private void open(HeardChannel channel, ConnectionPool.Lease<SshjConnection> lease)
      throws IOException {
    if (!lease.isUsedBefore()) {
      channel.open();
      return;
    }
    SshjConnection kept = lease.connection();
    Deadline late = kept.expectSign(quick(kept.to()), kept::close);
    try {
      channel.open();
    } finally {
      late.callOff();
    }
  }

  /** With one key only, it is shown with its signature at once, which saves a round trip. */
  private static List<AuthMethod> methods(Login login) {
    List<Identity> keys = login.offer().identities();
    List<AuthMethod> methods = new ArrayList<>();
    for (Identity key : keys) {
      methods.add(new IdentityAuth(key, keys.size() == 1));
    }
    if (!login.hop().login().password().isEmpty()) {
      methods.add(
          new AuthKeyboardInteractive(
              new PasswordResponseProvider(
                  PasswordUtils.createOneOff(login.password().toCharArray()))));
      methods.add(new AuthPassword(PasswordUtils.createOneOff(login.password().toCharArray())));
    }
    return methods;
  }

  private static LinkFailure failure(
      SshjConnection connection, Identities.Offer offer, @Nullable String refusal, IOException e) {
    Hop hop = connection.to();
    String where = connection.named();
    if (refusal != null) {
      String behind = where.equals(hop.toString()) ? "" : " It is the key of " + where + ".";
      return new LinkFailure(UnreachableReason.HOST_KEY_REJECTED, refusal + behind, e);
    }
    if (e instanceof LoginRefusal) {
      return new LinkFailure(
          UnreachableReason.AUTHENTICATION_REFUSED,
          where
              + " does not let "
              + hop.user()
              + " in with any of "
              + offer.identities()
              + (hop.login().password().isEmpty() ? "" : " or the password")
              + ". "
              + e.getMessage()
              + offer.faults().stream()
                  .map(fault -> " Not tried: " + fault.text())
                  .collect(Collectors.joining()),
          e);
    }
    if (e instanceof UnknownHostException) {
      return new LinkFailure(
          UnreachableReason.REFUSED,
          "There is no host "
              + hop.address()
              + (hop.isOnTheWay()
                  ? ", through which the way leads: its name does not resolve. Set jump or"
                      + " ProxyJump."
                  : ": its name does not resolve. Set its address."),
          e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return new LinkFailure(
          UnreachableReason.REFUSED,
          "Nothing answers at "
              + where
              + " ("
              + e.getMessage()
              + "). Is the SSH server running, and is that its port?",
          e);
    }
    if (timedOut(e)) {
      return silent(connection, e);
    }
    if (e instanceof TransportException && String.valueOf(e.getMessage()).contains("settlement")) {
      return new LinkFailure(
          UnreachableReason.HOST_KEY_REJECTED,
          where
              + " and this side have no algorithm in common. ("
              + e.getMessage()
              + ") Give the host an Ed25519 or RSA key (ssh-keygen -A); for ECDSA keys, register"
              + " Bouncy Castle as the last security provider of this Java.",
          e);
    }
    return new LinkFailure(
        UnreachableReason.CONNECTION_LOST,
        "The connection to " + where + " broke while it was made: " + e,
        e);
  }

  /** The server before this one did not let us go on. */
  private static LinkFailure closedWay(Hop hop, SshjConnection through, OpenFailException e) {
    String closed =
        "The way to "
            + hop
            + " is closed at the server before it, "
            + through.named()
            + " ("
            + e.getMessage();
    if (e.getReason() == Reason.ADMINISTRATIVELY_PROHIBITED) {
      return new LinkFailure(
          UnreachableReason.REFUSED, closed + "). Set AllowTcpForwarding and PermitOpen there.", e);
    }
    boolean isRefused =
        e.getReason() == Reason.CONNECT_FAILED
            && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
    return new LinkFailure(
        isRefused ? UnreachableReason.REFUSED : UnreachableReason.TIMED_OUT,
        closed + "). Is the SSH server running, and is that its port?",
        e);
  }

  /** It is not the host's fault. */
  private static LinkFailure lostWay(Hop hop, SshjConnection through, IOException e) {
    return new LinkFailure(
        UnreachableReason.CONNECTION_LOST,
        "The connection to "
            + through.named()
            + ", on the way to "
            + hop
            + ", is lost. ("
            + e
            + ")",
        e);
  }

  private static LinkFailure silent(SshjConnection connection, IOException e) {
    return new LinkFailure(
        UnreachableReason.TIMED_OUT,
        connection.named() + " did not answer in time. (" + e + ")",
        e);
  }

  private static boolean timedOut(Throwable e) {
    for (Throwable one = e; one != null; one = one.getCause()) {
      if (one instanceof SocketTimeoutException || one instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
