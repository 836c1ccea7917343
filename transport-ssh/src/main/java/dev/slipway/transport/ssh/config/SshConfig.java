package dev.slipway.transport.ssh.config;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files as OpenSSH's client reads them: {@code ~/.ssh/config}, {@code /etc/ssh/ssh_config}. They
 * are read again when one of them has changed. A file that is not there says nothing.
 *
 * <p>Thread-safe.
 */
public final class SshConfig {

  private record Read(List<List<ConfigLine>> files, Map<Path, FileTime> seen) {

    boolean isCurrent() {
      return seen.entrySet().stream()
          .allMatch(one -> ConfigReader.lastChange(one.getKey()).equals(one.getValue()));
    }
  }

  private final List<Path> paths;
  private final LocalAccount account;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Read read;

  private SshConfig(List<Path> paths, LocalAccount account) {
    this.paths = List.copyOf(paths);
    this.account = account;
  }

  /** Returns these files, of which the first ones win. */
  public static SshConfig of(List<Path> paths, LocalAccount account) {
    return new SshConfig(paths, account);
  }

  /**
   * Returns what they say of a host.
   *
   * @param name the name that people use for it
   * @param user the account on the host if that is known from elsewhere
   * @throws IllegalArgumentException with file and line, if a file cannot be read, makes no sense
   *     or asks for what is not supported and must not be ignored
   */
  public HostConfig forHost(String name, @Nullable String user) {
    return new HostConfig(name, Evaluation.of(files(), name, user, account), account, noted);
  }

  private List<List<ConfigLine>> files() {
    Read before = read;
    if (before != null && before.isCurrent()) {
      return before.files();
    }
    ConfigReader reader = new ConfigReader(account);
    Read now = new Read(paths.stream().map(reader::read).toList(), reader.seen());
    read = now;
    return now.files();
  }
}
