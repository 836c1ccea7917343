package dev.slipway.transport.ssh;

import dev.slipway.deployment.DeploymentId;
import dev.slipway.deployment.Diagnostics;
import dev.slipway.fleet.Host;
import dev.slipway.fleet.HostId;
import dev.slipway.host.appspec.AppSpecName;
import dev.slipway.host.plan.DeploymentGroup;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.preflight.HostDefect;
import dev.slipway.spi.transport.CancelMode;
import dev.slipway.spi.transport.CommandKey;
import dev.slipway.spi.transport.DeploymentWork;
import dev.slipway.spi.transport.HostCommand;
import dev.slipway.spi.transport.HostCondition;
import dev.slipway.spi.transport.HostInspector;
import dev.slipway.spi.transport.HostNeeds;
import dev.slipway.spi.transport.Reports;
import dev.slipway.spi.transport.Transport;
import dev.slipway.transport.ssh.config.LocalAccount;
import dev.slipway.transport.ssh.config.SshConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pushes deployments to hosts over SSH. A host needs an SSH server, a POSIX shell, tar and the
 * usual small tools; nothing is installed there.
 *
 * <p>Settings of a {@link Host}, all optional:
 *
 * <ul>
 *   <li>{@code user}: the account; that of this process by default
 *   <li>{@code port}: 22 by default
 *   <li>{@code jump}: servers to go through, the nearest first, as {@code [user@]host[:port]},
 *       separated by commas, or {@code none}; they must let connections through, take the same
 *       keys, and are checked as the host is
 *   <li>{@code identityFile}: private keys, separated by commas, and no others; those usual in
 *       {@code ~/.ssh} by default
 *   <li>{@code certificateFile}: certificates for these keys, separated by commas, each of which
 *       must be there; one that lies beside its key ({@code id_ed25519-cert.pub}) is found without
 *   <li>{@code agent}: the socket of an agent that signs, {@code $NAME} for what an environment
 *       variable says, or {@code none}; {@code $SSH_AUTH_SOCK} by default
 *   <li>{@code passphrase}: the keys' passphrase as {@code env:NAME} or {@code file:PATH}, or
 *       {@code ask} for {@link SshOptions#secrets()}; not needed for keys that the agent holds
 *   <li>{@code password}: the account's password, likewise, for hosts that ask for one, also in a
 *       dialogue (keyboard-interactive), and take no key
 *   <li>{@code jumpPassword}: the same for the servers of {@code jump}, which are never told {@code
 *       password}
 *   <li>{@code knownHosts}: files with the keys of hosts, separated by commas; {@code
 *       ~/.ssh/known_hosts} by default
 *   <li>{@code hostKeyChecking}: {@code strict} (default), or {@code accept-new} to trust the key
 *       of a host that no file knows, and write it down
 *   <li>{@code sudo}: {@code true} to work as root through {@code sudo -n}
 *   <li>{@code sudoPassword}: the password that sudo asks for, as {@code env:NAME}, {@code
 *       file:PATH} or {@code ask}; it travels inside the connection, and is in no argument and no
 *       environment
 *   <li>{@code hostRoot}: put before all paths on the host, so that one machine can be many hosts
 *   <li>{@code deploymentRoot}: where deployments are kept; as root that of AWS's agent, {@code
 *       /opt/codedeploy-agent/deployment-root}, else {@code ~/.slipway/deployment-root}
 *   <li>{@code choices}: what the host does otherwise than by default, see {@link
 *       dev.slipway.host.plan.HostChoice}, separated by commas
 *   <li>{@code adopt}: {@code true} to work although AWS's agent runs on the same deployment root
 * </ul>
 *
 * <p>{@code ~/} at the beginning of a path on this machine is the home of this process's account;
 * other paths that are not absolute start at its working directory.
 *
 * <p>What neither a host nor {@link SshOptions#hostDefaults()} says is taken from the files of
 * {@link SshOptions#withConfig}: {@code HostName}, {@code User}, {@code Port}, {@code
 * IdentityFile}, {@code IdentitiesOnly}, {@code CertificateFile}, {@code IdentityAgent}, {@code
 * ProxyJump}, {@code UserKnownHostsFile}, {@code GlobalKnownHostsFile}, {@code
 * StrictHostKeyChecking}, {@code HostKeyAlias} and {@code ConnectTimeout}, in {@code Host} and
 * {@code Match} blocks and included files, with the rules of OpenSSH (ssh_config(5)); a host's
 * {@link Host#address()} is the name that is looked for. What would lead elsewhere if it were
 * ignored, such as {@code ProxyCommand}, is refused. A key that differs from the known one is never
 * accepted.
 *
 * <p>Connections belong to the transport: one is kept for a while when its deployment has ended,
 * and hosts behind the same server share one to it, see {@link ConnectionPolicy}.
 *
 * <p>An event runs on its host whether or not the connection lasts, and at most once. Host keys are
 * always checked. SSH itself comes from SSHJ, which is told not to register a security provider.
 *
 * <p>Thread-safe.
 */
public final class SshTransport implements Transport, HostInspector {

  private final SshOptions options;
  private final SshConfig config;
  private final Dialer dialer;
  private final Dialer looks;
  private final Retries retries;
  private final WorkerThreads workers;
  private final SentBundles bundles;
  private final AppSpecs appSpecs = new AppSpecs();
  private final Map<SessionKey, HostSession> sessions = new ConcurrentHashMap<>();

  private SshTransport(SshOptions options, Dialer dialer, Dialer looks) {
    this.options = options;
    this.looks = looks;
    this.config = SshConfig.of(options.configFiles(), LocalAccount.ofThisProcess());
    this.dialer = RestingDialer.around(dialer, options.connections(), Clock.systemUTC());
    this.retries = new Retries(options.connections());
    this.bundles = new SentBundles(options.workDirectory(), SentBundle::of);
    this.workers = new WorkerThreads(options.threads(), options.transfers());
    workers.every(options.keepAlive(), this::probe);
    if (!options.connections().idle().isZero()) {
      workers.every(options.connections().idle(), this.dialer::expire);
    }
  }

  private void probe() {
    sessions.values().forEach(HostSession::probe);
    dialer.probe();
  }

  private record SessionKey(DeploymentId deployment, HostId host) {}

  /** Returns a transport with these options. */
  public static SshTransport with(SshOptions options) {
    return with(options, new SshjDialer(options));
  }

  /** Returns a transport with connections of its own. */
  static SshTransport with(SshOptions options, SshjDialer dialer) {
    return new SshTransport(options, dialer, dialer.starting(RunnerScript.load(HostLook.PARTS)));
  }

  /** Returns a transport that starts its runners in its own way. */
  static SshTransport with(SshOptions options, Dialer dialer) {
    return new SshTransport(options, dialer, dialer);
  }

  /**
   * Returns what is wrong with settings of a host, by key, as far as they say it themselves: a key
   * that there is not, a value of another form. No file is read, and no host is reached.
   *
   * @param settings as in {@link Host#settings()}
   */
  public static SortedMap<String, String> faults(Map<String, String> settings) {
    return HostSettings.faults(settings);
  }

  @Override
  public void offer(HostCommand command, Reports reports) {
    SessionKey key = new SessionKey(command.key().deployment(), command.host().id());
    HostSession session;
    try {
      session = sessions.computeIfAbsent(key, first -> session(command));
    } catch (IllegalArgumentException e) {
      reports.finished(command.key(), Diagnostics.unknownError(String.valueOf(e.getMessage())));
      return;
    }
    session.offer(command, reports);
  }

  private HostSession session(HostCommand command) {
    HostSettings settings = HostSettings.of(command.host(), options.hostDefaults(), config);
    HostDeployment deployment = deployment(command.work());
    Set<String> names = new TreeSet<>(deployment.appSpecFile().candidates());
    HostWork work =
        new HostWork(
            command.host(),
            settings,
            deployment,
            bundles.lease(command.work().bundle(), names),
            appSpecs,
            dialer,
            options.maxRevisions());
    return new HostSession(
        command.key().deployment() + "/" + command.host(), work, workers, retries);
  }

  private static HostDeployment deployment(DeploymentWork work) {
    return new HostDeployment(
        work.deployment().value(),
        new DeploymentGroup(work.application(), work.deploymentGroup(), work.deploymentGroupId()),
        work.creator().wireName(),
        work.isBlueGreen() ? HostDeployment.Type.BLUE_GREEN : HostDeployment.Type.IN_PLACE,
        AppSpecName.of(work.appSpecFile()),
        work.fileExistsBehavior().name(),
        Map.of());
  }

  @Override
  public CompletionStage<HostCondition> inspect(Host host, HostNeeds needs, Duration within) {
    HostLook look;
    try {
      look = new HostLook(host, HostSettings.of(host, options.hostDefaults(), config));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedStage(
          HostCondition.unfit(HostDefect.Kind.SETTINGS, String.valueOf(e.getMessage())));
    }
    CompletableFuture<HostCondition> answer = new CompletableFuture<>();
    workers.talk(
        () -> {
          try {
            answer.complete(look.with(looks, needs));
          } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
          }
        });
    workers.later(within, () -> workers.aside(look::breakOff));
    return answer;
  }

  @Override
  public void cancel(CommandKey key, CancelMode mode) {
    HostSession session = sessions.get(new SessionKey(key.deployment(), key.host()));
    if (session != null) {
      session.cancel(key, mode);
    }
  }

  @Override
  public void release(DeploymentId deployment, Host host) {
    HostSession session = sessions.remove(new SessionKey(deployment, host.id()));
    if (session != null) {
      session.release();
    }
  }

  @Override
  public void close() {
    for (SessionKey key : Set.copyOf(sessions.keySet())) {
      HostSession session = sessions.remove(key);
      if (session != null) {
        session.release();
      }
    }
    workers.close();
    dialer.close();
  }
}
