package dev.slipway.examples.cli;

import dev.slipway.failure.RequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that works with the state on this machine. */
final class StateOptions {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "where rollouts, bundles and the history of deployment groups are kept",
        "($XDG_STATE_HOME/slipway, or else ~/.local/state/slipway)"
      })
  private @Nullable Path state;

  @Option(
      names = "--ssh-config",
      paramLabel = "FILE",
      description = {
        "how hosts are reached, in OpenSSH's form, or none",
        "(~/.ssh/config and /etc/ssh/ssh_config)"
      })
  private @Nullable Path sshConfig;

  @Option(
      names = "--ask",
      paramLabel = "SECRET",
      split = ",",
      description = {
        "asks at the terminal for password, jumpPassword, sudoPassword",
        "or passphrase,",
        "for all hosts that do not say where it is"
      })
  private Set<String> asked = new TreeSet<>();

  @Option(names = "--json", description = "answer in JSON")
  private boolean json;

  boolean json() {
    return json;
  }

  StateDirectory directory(Console console) {
    return StateDirectory.of(state, sshConfig(), asked(), console);
  }

  private Set<String> asked() {
    for (String one : asked) {
      if (!TerminalSecrets.SETTINGS.contains(one)) {
        throw new RequestException(
            "--ask must be one or more of "
                + String.join(", ", TerminalSecrets.SETTINGS)
                + ", but is "
                + one);
      }
    }
    return asked;
  }

  /** Returns where OpenSSH looks for how hosts are reached. */
  static List<Path> standardSshConfig() {
    return List.of(
        Path.of(System.getProperty("user.home"), ".ssh", "config"), Path.of("/etc/ssh/ssh_config"));
  }

  private List<Path> sshConfig() {
    if (sshConfig == null) {
      return standardSshConfig();
    }
    if (sshConfig.toString().equals("none")) {
      return List.of();
    }
    if (!Files.isReadable(sshConfig)) {
      throw new RequestException(
          "--ssh-config must be a file that can be read, but is " + sshConfig);
    }
    return List.of(sshConfig);
  }
}
