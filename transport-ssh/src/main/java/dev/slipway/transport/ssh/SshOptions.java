package dev.slipway.transport.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the SSH transport works. {@link #DEFAULTS} suits most; the {@code with} methods return
 * options that differ in one point.
 *
 * @param hostDefaults settings for all hosts that do not say otherwise, see {@link SshTransport}
 * @param threads how many hosts are worked on at a time, at least 1; each connection has one more
 *     thread
 * @param connectTimeout how long connecting to a host may take, each of its steps
 * @param keepAlive how often a silent connection is tried; it counts as lost when two tries in a
 *     row find no answer
 * @param maxRevisions how many revisions of a deployment group stay on a host, the current one
 *     included, at least 1
 * @param workDirectory where bundles are packed anew; the system's directory for temporary files by
 *     default
 */
public record SshOptions(
    Map<String, String> hostDefaults,
    int threads,
    Duration connectTimeout,
    Duration keepAlive,
    int maxRevisions,
    Path workDirectory) {

  /** 64 hosts at a time, 15 s to connect, and 5 revisions on a host, as AWS's agent keeps. */
  public static final SshOptions DEFAULTS =
      new SshOptions(
          Map.of(),
          64,
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          5,
          Path.of(System.getProperty("java.io.tmpdir")));

  /** Copies the map in, and refuses numbers that make no sense. */
  public SshOptions {
    hostDefaults = Collections.unmodifiableMap(new TreeMap<>(hostDefaults));
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    if (maxRevisions < 1) {
      throw new IllegalArgumentException(
          "maxRevisions must be at least 1, but was " + maxRevisions);
    }
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("keepAlive", keepAlive);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, but was " + duration);
    }
  }

  /** Returns options with these settings for hosts that do not say otherwise. */
  public SshOptions withHostDefaults(Map<String, String> settings) {
    return new SshOptions(
        settings, threads, connectTimeout, keepAlive, maxRevisions, workDirectory);
  }

  /** Returns options that work on so many hosts at a time. */
  public SshOptions withThreads(int number) {
    return new SshOptions(
        hostDefaults, number, connectTimeout, keepAlive, maxRevisions, workDirectory);
  }

  /** Returns options that give up connecting after this time. */
  public SshOptions withConnectTimeout(Duration timeout) {
    return new SshOptions(hostDefaults, threads, timeout, keepAlive, maxRevisions, workDirectory);
  }

  /** Returns options that try silent connections this often. */
  public SshOptions withKeepAlive(Duration interval) {
    return new SshOptions(
        hostDefaults, threads, connectTimeout, interval, maxRevisions, workDirectory);
  }

  /** Returns options that keep so many revisions of a group on a host. */
  public SshOptions withMaxRevisions(int number) {
    return new SshOptions(hostDefaults, threads, connectTimeout, keepAlive, number, workDirectory);
  }

  /** Returns options that pack bundles anew in this directory. */
  public SshOptions withWorkDirectory(Path directory) {
    return new SshOptions(
        hostDefaults, threads, connectTimeout, keepAlive, maxRevisions, directory);
  }

  /** Returns the options without the settings of hosts, which may be secret. */
  @Override
  public String toString() {
    return "SshOptions[threads=%d, connectTimeout=%s, keepAlive=%s, maxRevisions=%d]"
        .formatted(threads, connectTimeout, keepAlive, maxRevisions);
  }
}
