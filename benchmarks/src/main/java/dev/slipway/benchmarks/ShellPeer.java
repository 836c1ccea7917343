package dev.slipway.benchmarks;

import dev.slipway.examples.fleet.FleetHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one does without Slipway: a shell script that brings the bundle to all hosts and does there
 * the same as a deployment of {@link PushBundle}.
 */
final class ShellPeer implements Contender {

  /** What runs on a host; the bundle is on standard input. */
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

  private static final String TUNED =
      "-o KexAlgorithms=curve25519-sha256 -o Ciphers=aes128-gcm@openssh.com";
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s");
  private static final int FEW = 3;

  private final String name;
  private final Ground ground;
  private final Path script;
  private final int mostRepetitions;
  private int run;

  private ShellPeer(String name, Ground ground, String text, int mostRepetitions)
      throws IOException {
    this.name = name;
    this.ground = ground;
    this.script = ground.directory().resolve(name.replaceAll("\\W+", "-") + ".sh");
    this.mostRepetitions = mostRepetitions;
    Files.writeString(script, "set -e\nid=$1\n" + text + "times\n");
  }

  /** {@code xargs -P} over {@code ssh}, with key exchange and cipher chosen for speed. */
  static ShellPeer tunedLoop(Ground ground, Path bundle) throws IOException {
    return loop(ground, "xargs ssh, tuned", bundle, TUNED);
  }

  /** The same as OpenSSH comes. */
  static ShellPeer plainLoop(Ground ground, Path bundle) throws IOException {
    return loop(ground, "xargs ssh, defaults", bundle, "");
  }

  private static ShellPeer loop(Ground ground, String name, Path bundle, String options)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (FleetHost host : ground.hosts()) {
      lines.add(host.address() + " " + host.root());
    }
    Path hosts = Files.write(ground.directory().resolve("hosts.txt"), lines);
    Path one =
        Files.writeString(
            ground.directory().resolve("one" + options.hashCode() + ".sh"),
            """
            exec ssh %s %s "root@$2" "sh -c '$(cat '%s')' push $3 $1" <'%s'
            """
                .formatted(ground.options(), options, remote(ground), bundle));
    return new ShellPeer(
        name,
        ground,
        "xargs -P %d -L 1 sh '%s' \"$id\" <'%s'%n".formatted(ground.size(), one, hosts),
        Integer.MAX_VALUE);
  }

  /** Returns the tools that are installed; the others are named. */
  static List<Contender> tools(Ground ground, Path bundle) throws IOException {
    List<Contender> tools = new ArrayList<>();
    if (isThere("parallel-ssh", "pssh")) {
      tools.add(pssh(ground, bundle));
    }
    if (isThere("clush", "clustershell")) {
      tools.add(clush(ground, bundle));
    }
    if (isThere("ansible-playbook", "ansible-core")) {
      Path inventory = ansibleInventory(ground);
      tools.add(ansible("ansible, two tasks", ground, inventory, twoTasks(ground, bundle)));
      tools.add(ansible("ansible, nine tasks", ground, inventory, nineTasks(bundle)));
    }
    return tools;
  }

  private static boolean isThere(String program, String installed) {
    boolean isThere =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    if (!isThere) {
      System.out.println(
          "  left out: " + program + ", which apt-get install " + installed + " brings");
    }
    return isThere;
  }

  /** Two steps, as one does with it: copy, run. */
  private static ShellPeer pssh(Ground ground, Path bundle) throws IOException {
    Path hosts =
        Files.write(
            ground.directory().resolve("hosts.pssh"),
            ground.hosts().stream().map(FleetHost::address).toList());
    String common =
        "-h '%s' -p %d -t 0 -l root -x '%s'"
            .formatted(hosts, ground.size(), ground.options() + " -q");
    return new ShellPeer(
        "pssh, copy and run",
        ground,
        """
        parallel-scp %s '%s' '%s.pssh' >/dev/null
        parallel-ssh %s "%s" >/dev/null
        """
            .formatted(common, bundle, bundle, common, byAddress(ground, bundle + ".pssh")),
        FEW);
  }

  private static ShellPeer clush(Ground ground, Path bundle) throws IOException {
    String hosts = String.join(",", ground.hosts().stream().map(FleetHost::address).toList());
    String common =
        "-q -f %d -l root -o '%s' -w %s".formatted(ground.size(), ground.options(), hosts);
    return new ShellPeer(
        "clush, copy and run",
        ground,
        """
        clush %s --copy '%s' --dest '%s.clush' </dev/null
        clush %s "%s" </dev/null
        """
            .formatted(common, bundle, bundle, common, byAddress(ground, bundle + ".clush")),
        FEW);
  }

  /** A tool that sends all hosts the same words: the host knows itself by its address. */
  private static String byAddress(Ground ground, String bundle) throws IOException {
    return "set -- \\$SSH_CONNECTION; exec sh %s %s/web-\\$(printf %%02d \\${3##*.}) $id <%s"
        .formatted(remote(ground), ground.hosts().get(0).root().getParent(), bundle);
  }

  private static Path ansibleInventory(Ground ground) throws IOException {
    List<String> lines = new ArrayList<>();
    for (FleetHost host : ground.hosts()) {
      lines.add(
          "%s ansible_host=%s host_root=%s".formatted(host.name(), host.address(), host.root()));
    }
    lines.add("[all:vars]");
    lines.add("ansible_user=root");
    lines.add("ansible_port=" + ground.port());
    lines.add("ansible_ssh_private_key_file=" + ground.identity());
    lines.add("ansible_python_interpreter=/usr/bin/python3");
    lines.add(
        "ansible_ssh_common_args='-F none -o UserKnownHostsFile=%s'"
            .formatted(ground.knownHosts()));
    return Files.write(ground.directory().resolve("ansible.ini"), lines);
  }

  /** As few as can be: copy, run. */
  private static String twoTasks(Ground ground, Path bundle) throws IOException {
    return """
    - hosts: all
      gather_facts: false
      tasks:
        - ansible.builtin.copy: {src: "%1$s", dest: "{{ host_root }}/push.tgz"}
        - ansible.builtin.shell: sh %2$s {{ host_root }} {{ id }} <{{ host_root }}/push.tgz
    """
        .formatted(bundle, remote(ground));
  }

  /** A task for each thing that is to be done, as one writes playbooks. */
  private static String nineTasks(Path bundle) {
    return """
    - hosts: all
      gather_facts: false
      vars:
        loop: "{{ host_root }}/opt/loop"
        archive: "{{ loop }}/{{ id }}/deployment-archive"
        log: "{{ loop }}/scripts.log"
        hook: "{{ archive }}/scripts/hook.sh >>{{ log }} 2>&1"
      tasks:
        - ansible.builtin.file: {path: "{{ archive }}", state: directory}
        - ansible.builtin.unarchive: {src: "%s", dest: "{{ archive }}"}
        - ansible.builtin.shell: >-
            if [ -h {{ loop }}/last ]; then {{ loop }}/last/scripts/hook.sh >>{{ log }} 2>&1; fi
          environment: {LIFECYCLE_EVENT: ApplicationStop}
        - ansible.builtin.shell: "{{ hook }}"
          environment: {LIFECYCLE_EVENT: BeforeInstall}
        - ansible.builtin.copy:
            remote_src: true
            src: "{{ archive }}/payload/"
            dest: "{{ host_root }}/srv/loop/"
            mode: "644"
        - ansible.builtin.shell: "{{ hook }}"
          environment: {LIFECYCLE_EVENT: AfterInstall}
        - ansible.builtin.shell: "{{ hook }}"
          environment: {LIFECYCLE_EVENT: ApplicationStart}
        - ansible.builtin.shell: "{{ hook }}"
          environment: {LIFECYCLE_EVENT: ValidateService}
        - ansible.builtin.file: {src: "{{ archive }}", dest: "{{ loop }}/last", state: link}
    """
        .formatted(bundle);
  }

  /** With pipelining and persistent connections. */
  private static ShellPeer ansible(String name, Ground ground, Path inventory, String tasks)
      throws IOException {
    Path playbook =
        Files.writeString(ground.directory().resolve(name.replaceAll("\\W+", "-") + ".yml"), tasks);
    return new ShellPeer(
        name,
        ground,
        """
        export ANSIBLE_PIPELINING=1
        ansible-playbook -f %d -i '%s' -e "id=$id" '%s' >/dev/null
        """
            .formatted(ground.size(), inventory, playbook),
        FEW);
  }

  private static Path remote(Ground ground) throws IOException {
    return Files.writeString(ground.directory().resolve("remote.sh"), REMOTE);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mostRepetitions() {
    return mostRepetitions;
  }

  @Override
  public double push() throws IOException {
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

  /** Only the revision stays that is stopped next. */
  @Override
  public void tidyUp() throws IOException {
    for (FleetHost host : ground.hosts()) {
      Path loop = host.root().resolve("opt/loop");
      Path last = loop.resolve("last").toRealPath().getParent();
      List<Path> old;
      try (Stream<Path> all = Files.list(loop)) {
        old =
            all.filter(one -> Files.isDirectory(one) && !Files.isSymbolicLink(one))
                .filter(one -> !one.equals(last))
                .toList();
      }
      for (Path one : old) {
        Directories.delete(one);
      }
    }
  }
}
