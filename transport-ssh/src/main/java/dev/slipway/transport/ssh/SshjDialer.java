package dev.slipway.transport.ssh;

import dev.slipway.fleet.Host;
import dev.slipway.spi.transport.UnreachableReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.jspecify.annotations.Nullable;

/** Reaches hosts with SSHJ: the only place that knows it speaks SSH. */
final class SshjDialer implements Dialer {

  private final Config config;
  private final SshOptions options;
  private final RunnerScript script = RunnerScript.load();
  private final KnownHosts knownHosts = new KnownHosts();
  private final Identities identities = new Identities();

  SshjDialer(SshOptions options) {
    this.options = options;
    this.config = config();
  }

  /**
   * The embedder's security providers stay as they are. Without Bouncy Castle there are no ECDSA
   * keys in SSHJ, so they are not offered: then a host that has another key too shows that one.
   */
  private static Config config() {
    SecurityUtils.setRegisterBouncyCastle(false);
    DefaultConfig config = new DefaultConfig();
    config.setCipherFactories(
        config.getCipherFactories().stream()
            .sorted(Comparator.comparingInt(cipher -> rank(cipher.getName())))
            .toList());
    if (Security.getProvider(SecurityUtils.BOUNCY_CASTLE) == null) {
      config.setKeyAlgorithms(
          config.getKeyAlgorithms().stream()
              .filter(algorithm -> !algorithm.getName().contains("ecdsa"))
              .toList());
    }
    return config;
  }

  /** AES-GCM is what processors do themselves. */
  private static int rank(String cipher) {
    return switch (cipher) {
      case "aes128-gcm@openssh.com" -> 0;
      case "aes256-gcm@openssh.com" -> 1;
      default -> 2;
    };
  }

  @Override
  public RunnerLink dial(Host host, HostSettings settings, RunnerRequest request)
      throws LinkFailure {
    SSHClient client = new SSHClient(config);
    HostKeyCheck check = new HostKeyCheck(knownHosts, settings);
    boolean done = false;
    try {
      int patience = Math.toIntExact(options.connectTimeout().toMillis());
      client.setSocketFactory(new NoDelaySockets());
      client.setConnectTimeout(patience);
      client.getTransport().setTimeoutMs(patience);
      client.getConnection().setTimeoutMs(patience);
      client.addHostKeyVerifier(check);
      client.connect(host.address(), settings.port());
      client.auth(settings.user(), methods(identities.of(settings, client)));
      HeardChannel channel = new HeardChannel(client.getConnection(), client.getRemoteCharset());
      channel.open();
      Session.Command unused = channel.exec(script.commandLine(request, settings.sudo()));
      done = true;
      return new SshjLink(client, channel);
    } catch (IOException e) {
      throw failure(host, settings, check.refusal(), e);
    } finally {
      if (!done) {
        SshjLink.closeQuietly(client);
      }
    }
  }

  /** With one key only, it is shown with its signature at once, which saves a round trip. */
  private static List<AuthMethod> methods(List<KeyProvider> keys) {
    if (keys.size() == 1) {
      return List.of(new SignedAtOnce(keys.get(0)));
    }
    List<AuthMethod> methods = new ArrayList<>();
    keys.forEach(key -> methods.add(new AuthPublickey(key)));
    return methods;
  }

  private static LinkFailure failure(
      Host host, HostSettings settings, @Nullable String refusal, IOException e) {
    String where = host.address() + ":" + settings.port();
    if (refusal != null) {
      return new LinkFailure(UnreachableReason.HOST_KEY_REJECTED, refusal, e);
    }
    if (e instanceof UserAuthException) {
      return new LinkFailure(
          UnreachableReason.AUTHENTICATION_REFUSED,
          where
              + " does not let "
              + settings.user()
              + " in with any of "
              + settings.identityFiles()
              + ". Add the public key to that account's ~/.ssh/authorized_keys, or set user and"
              + " identityFile. ("
              + e.getMessage()
              + ")",
          e);
    }
    if (e instanceof UnknownHostException) {
      return new LinkFailure(
          UnreachableReason.REFUSED,
          "There is no host " + host.address() + ": its name does not resolve. Set its address.",
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
      return new LinkFailure(
          UnreachableReason.TIMED_OUT, where + " did not answer in time. (" + e + ")", e);
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

  private static boolean timedOut(Throwable e) {
    for (Throwable one = e; one != null; one = one.getCause()) {
      if (one instanceof SocketTimeoutException || one instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
