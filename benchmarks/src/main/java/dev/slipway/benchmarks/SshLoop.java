package dev.slipway.benchmarks;

import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.FleetHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one writes without a deployment tool: {@code xargs -P} over {@code ssh}, with the bundle on
 * standard input, that does the same on each host as a deployment of {@link PushBundle}.
 */
final class SshLoop {

  private static final String REMOTE =
      """
      set -e
      root=$1 id=$2
      archive=$root/opt/loop/$id/deployment-archive
      mkdir -p "$archive"
      tar xzf - -C "$archive"
      hook() { LIFECYCLE_EVENT=$2 "$1/scripts/hook.sh" >>"$root/opt/loop/scripts.log" 2>&1; }
      if [ -h "$root/opt/loop/last" ]; then
        hook "$root/opt/loop/last" ApplicationStop
      fi
      hook "$archive" BeforeInstall
      rm -f "$root/srv/loop/noise"
      mkdir -p "$root/srv/loop"
      cp -p "$archive/payload/noise" "$root/srv/loop/noise"
      chmod 644 "$root/srv/loop/noise"
      hook "$archive" AfterInstall
      hook "$archive" ApplicationStart
      hook "$archive" ValidateService
      ln -sfn "$archive" "$root/opt/loop/last"
      """;

  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s");

  private final Path script;
  private int run;

  private SshLoop(Path script) {
    this.script = script;
  }

  /**
   * Prepares a loop.
   *
   * @param options further options of {@code ssh}
   * @param parallel how many hosts at a time
   */
  static SshLoop over(
      Fleet fleet, Path directory, String name, Path bundle, int parallel, String options)
      throws IOException {
    Path remote = directory.resolve("remote.sh");
    Files.writeString(remote, REMOTE);
    Path hosts = directory.resolve("hosts.txt");
    List<String> lines = new ArrayList<>();
    for (FleetHost host : fleet.hosts()) {
      lines.add(host.address() + " " + host.port() + " " + host.root());
    }
    Files.write(hosts, lines);
    Path one = directory.resolve(name + "-one.sh");
    Files.writeString(
        one,
        """
        exec ssh -F none -i %s -o BatchMode=yes -o UserKnownHostsFile=%s %s -p "$3" "root@$2" \\
          "sh -c '$(cat '%s')' push $4 $1" <'%s'
        """
            .formatted(
                fleet.files().identity(), fleet.files().knownHosts(), options, remote, bundle));
    Path script = directory.resolve(name + ".sh");
    Files.writeString(
        script,
        """
        set -e
        xargs -P %d -L 1 sh '%s' "$1" <'%s'
        times
        """
            .formatted(parallel, one, hosts));
    return new SshLoop(script);
  }

  /** Deploys to all hosts, and returns the seconds of processor time that its clients took. */
  double run() throws IOException {
    run++;
    String output = Programs.run("sh", script.toString(), script.getFileName() + "-" + run);
    // The last line of the shell's "times" is that of its children, user and system.
    String last = output.strip().lines().reduce("", (all, line) -> line);
    Matcher times = TIMES.matcher(last);
    double seconds = 0;
    while (times.find()) {
      seconds += Integer.parseInt(times.group(1)) * 60 + Double.parseDouble(times.group(2));
    }
    return seconds;
  }
}
