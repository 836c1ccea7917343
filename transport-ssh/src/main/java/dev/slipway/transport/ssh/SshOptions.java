package dev.slipway.transport.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How the SSH transport works. {@link #DEFAULTS} suits most; the {@code with} methods return
 * options that differ in one point.
 *
 * @param hostDefaults settings for all hosts that do not say otherwise, see {@link SshTransport}
 * @param threads how many hosts are talked with at a time, at least 1; an event that runs on its
 *     host needs none, and each connection has one more
 * @param transfers how many hosts are sent a bundle at a time, at least 1
 * @param connectTimeout how long connecting to a host may take, each of its steps, and twice that
 *     in all; each server on the way has as much
 * @param keepAlive how often a silent connection is tried; it counts as lost when two tries in a
 *     row find no answer
 * @param maxRevisions how many revisions of a deployment group stay on a host, the current one
 *     included, at least 1
 * @param workDirectory where bundles are packed anew; the system's directory for temporary files by
 *     default
 * @param connections how connections are begun, and begun again when they fail
 * @param configFiles files in the form of OpenSSH's {@code ~/.ssh/config}, of which the first ones
 *     win; what they say counts where neither a host nor {@code hostDefaults} says something
 * @param secrets who is asked where a setting says {@code ask}
 * @param newHostKeys who is told of the key of a host that is trusted from now on; the connection
 *     waits meanwhile, and many may at once
 */
public record SshOptions(
    Map<String, String> hostDefaults,
    int threads,
    int transfers,
    Duration connectTimeout,
    Duration keepAlive,
    int maxRevisions,
    Path workDirectory,
    ConnectionPolicy connections,
    List<Path> configFiles,
    Secrets secrets,
    Consumer<NewHostKey> newHostKeys) {

  /**
   * 64 hosts and 32 bundles at a time, 15 s to connect, and 5 revisions on a host, as AWS's agent
   * keeps.
   */
  public static final SshOptions DEFAULTS =
      new SshOptions(
          Map.of(),
          64,
          32,
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          5,
          Path.of(System.getProperty("java.io.tmpdir")),
          ConnectionPolicy.DEFAULTS,
          List.of(),
          Secrets.NONE,
          key -> {});

  /** Copies map and list in, and refuses numbers that make no sense. */
  public SshOptions {
    hostDefaults = Collections.unmodifiableMap(new TreeMap<>(hostDefaults));
    configFiles = List.copyOf(configFiles);
    requireOne("threads", threads);
    requireOne("transfers", transfers);
    requireOne("maxRevisions", maxRevisions);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("keepAlive", keepAlive);
  }

  private static void requireOne(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + number);
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, but was " + duration);
    }
  }

  /** Returns options with these settings for hosts that do not say otherwise. */
  public SshOptions withHostDefaults(Map<String, String> settings) {
    return new SshOptions(
        settings,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that talk with so many hosts at a time. */
  public SshOptions withThreads(int number) {
    return new SshOptions(
        hostDefaults,
        number,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that send so many bundles at a time. */
  public SshOptions withTransfers(int number) {
    return new SshOptions(
        hostDefaults,
        threads,
        number,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that give up connecting after this time. */
  public SshOptions withConnectTimeout(Duration timeout) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        timeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that try silent connections this often. */
  public SshOptions withKeepAlive(Duration interval) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        interval,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that keep so many revisions of a group on a host. */
  public SshOptions withMaxRevisions(int number) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        number,
        workDirectory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that pack bundles anew in this directory. */
  public SshOptions withWorkDirectory(Path directory) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        directory,
        connections,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that begin connections in this way. */
  public SshOptions withConnections(ConnectionPolicy policy) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        policy,
        configFiles,
        secrets,
        newHostKeys);
  }

  /** Returns options that take what hosts do not say from these files; see {@link SshTransport}. */
  public SshOptions withConfig(Path... files) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        List.of(files),
        secrets,
        newHostKeys);
  }

  /** Returns options that ask this one where a setting says {@code ask}. */
  public SshOptions withSecrets(Secrets who) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        who,
        newHostKeys);
  }

  /** Returns options that tell this one of the keys of hosts that are trusted from now on. */
  public SshOptions withNewHostKeys(Consumer<NewHostKey> listener) {
    return new SshOptions(
        hostDefaults,
        threads,
        transfers,
        connectTimeout,
        keepAlive,
        maxRevisions,
        workDirectory,
        connections,
        configFiles,
        secrets,
        listener);
  }

  /** Returns the options without the settings of hosts, which may be secret. */
  @Override
  public String toString() {
    return "SshOptions[threads=%d, transfers=%d, connectTimeout=%s, keepAlive=%s, maxRevisions=%d, %s]"
        .formatted(threads, transfers, connectTimeout, keepAlive, maxRevisions, connections);
  }
}
