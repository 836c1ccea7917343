package dev.slipway.transport.ssh.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations by chance mean the same to OpenSSH's client. {@code -Dslipway.rounds=} asks for
 * more of them, {@code -Dslipway.seed=} for one in particular.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SshConfigPeerTest {

  private static final List<String> HOSTS = List.of("web-1", "web-22", "db", "web-1.example.org");
  private static final List<String> PATTERNS =
      List.of("web-*", "web-?", "*", "db", "!db", "!web-1", "*.example.org", "w*-*1", "nothing");
  private static final LocalAccount ACCOUNT = LocalAccount.ofThisProcess();

  @TempDir private Path directory;
  private int files;

  static LongStream seeds() {
    Long one = Long.getLong("slipway.seed");
    return one == null
        ? LongStream.rangeClosed(1, Integer.getInteger("slipway.rounds", 40))
        : LongStream.of(one);
  }

  @BeforeAll
  static void needSsh() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "ssh is not installed");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void what_is_said_of_a_host_is_what_ssh_takes_it_for(long seed) throws IOException {
    Random random = new Random(seed);
    Path file = write(random, 0);
    SshConfig config = SshConfig.of(List.of(file), ACCOUNT);
    for (String host : HOSTS) {
      assertThat(ours(config.forHost(host, null)))
          .as("-Dslipway.seed=%d, %s with\n%s", seed, host, all())
          .isEqualTo(theirs(file, host));
    }
  }

  private String all() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < files; i++) {
      all.append(directory.resolve("config-" + i)).append(":\n");
      all.append(Files.readString(directory.resolve("config-" + i)));
    }
    return all.toString();
  }

  private Path write(Random random, int depth) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3 + random.nextInt(12); i++) {
      lines.add(line(random, depth));
    }
    Path file = directory.resolve("config-" + files);
    files++;
    return Files.write(file, lines);
  }

  private String line(Random random, int depth) throws IOException {
    int number = random.nextInt(5);
    return switch (random.nextInt(depth < 2 ? 16 : 15)) {
      case 0, 1 -> "Host " + patterns(random, " ");
      case 2 -> "host=" + patterns(random, " ") + " # comment";
      case 3 -> "Match host " + patterns(random, ",");
      case 4 ->
          number == 0
              ? "Match originalhost nothing exec \"exit " + number + "\" final"
              : "Match " + (random.nextBoolean() ? "!" : "") + "user u" + number;
      case 5 -> "Match originalhost " + patterns(random, ",") + " final";
      case 6 -> "Match all";
      case 7 -> "  HostName " + (random.nextBoolean() ? "%h.example.org" : "h" + number);
      case 8 -> "  User u" + number;
      case 9 -> "\tPort = 220" + number;
      case 10 -> "  IdentityFile \"/k/a b" + number + "\"";
      case 11 -> "  identitiesonly " + (random.nextBoolean() ? "yes" : "no");
      case 12 -> "  ProxyJump " + (number == 0 ? "none" : "edge" + number);
      case 13 -> "  UserKnownHostsFile /h/" + number + " '/h/x y'";
      case 14 ->
          random.nextBoolean()
              ? "  StrictHostKeyChecking " + (number < 2 ? "accept-new" : "yes")
              : "  ConnectTimeout " + number + "m1";
      default -> "Include " + write(random, depth + 1);
    };
  }

  private static String patterns(Random random, String separator) {
    return random
        .ints(1 + random.nextInt(2), 0, PATTERNS.size())
        .mapToObj(PATTERNS::get)
        .collect(Collectors.joining(separator));
  }

  private static Map<String, String> ours(HostConfig host) {
    Map<String, String> said = new TreeMap<>();
    said.put("hostname", host.hostName());
    said.put("user", host.user().orElse(ACCOUNT.user()));
    said.put("port", String.valueOf(host.port().orElse(22)));
    said.put("identityfile", host.identityFiles("", 22).toString());
    said.put("identitiesonly", host.identitiesOnly() ? "yes" : "no");
    said.put("proxyjump", host.proxyJump().orElse(""));
    said.put(
        "userknownhostsfile",
        host.knownHosts("", 22).stream().map(Path::toString).collect(Collectors.joining(" ")));
    said.put("accepts", host.acceptsNewHostKeys().orElse(false).toString());
    said.put(
        "connecttimeout",
        host.connectTimeout().map(time -> String.valueOf(time.toSeconds())).orElse("none"));
    return said;
  }

  private static Map<String, String> theirs(Path file, String host) throws IOException {
    Process process =
        new ProcessBuilder("ssh", "-G", "-F", file.toString(), host)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    Map<String, List<String>> all =
        output
            .lines()
            .filter(line -> line.contains(" "))
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf(' ')),
                    Collectors.mapping(
                        line -> line.substring(line.indexOf(' ') + 1), Collectors.toList())));
    assertThat(process.onExit().join().exitValue()).as(output).isZero();
    Map<String, String> said = new TreeMap<>();
    for (String key : List.of("hostname", "user", "port", "identitiesonly", "connecttimeout")) {
      said.put(key, first(all, key));
    }
    said.put("proxyjump", first(all, "proxyjump"));
    // Without any, it tells of the usual ones in the home directory.
    said.put(
        "identityfile",
        all.getOrDefault("identityfile", List.of()).stream()
            .filter(path -> path.startsWith("/k/"))
            .toList()
            .toString());
    String known = first(all, "userknownhostsfile");
    said.put("userknownhostsfile", known.startsWith("/h/") ? known : "");
    said.put("accepts", String.valueOf(first(all, "stricthostkeychecking").equals("accept-new")));
    return said;
  }

  private static String first(Map<String, List<String>> all, String key) {
    return all.getOrDefault(key, List.of("")).get(0);
  }
}
