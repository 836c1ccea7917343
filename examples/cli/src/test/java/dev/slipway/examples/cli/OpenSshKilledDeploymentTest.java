package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.examples.fleet.FleetHost;
import dev.slipway.examples.fleet.OpenSshFleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process that deploys to 200 hosts behind OpenSSH's server is killed again and again, and
 * another one goes on. The scripts on the hosts bear witness. {@code -Dslipway.rounds=} says how
 * many kills there are in all, {@code -Dslipway.seed=} asks for one rollout in particular.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class OpenSshKilledDeploymentTest {

  private static final int HOSTS = 200;
  private static final int KILLS_OF_ROLLOUT = 3;
  private static final int KILLS =
      Integer.getInteger(
          "slipway.rounds", Integer.getInteger("slipway.soak.deployment.kills", KILLS_OF_ROLLOUT));

  /** Fewer than a rollout has, so that kills come before its end. */
  private static final int EVENTS = 10 * HOSTS;

  private static final List<String> SCRIPTED = List.of("BeforeInstall", "ValidateService");

  private Path directory = Path.of("");

  private Optional<OpenSshFleet> started = Optional.empty();
  private List<FleetHost> inOrder = List.of();
  private final List<Duration> resumed = new ArrayList<>();
  private int kills;

  static LongStream seeds() {
    Long one = Long.getLong("slipway.seed");
    return one == null
        ? LongStream.rangeClosed(1, (KILLS + KILLS_OF_ROLLOUT - 1) / KILLS_OF_ROLLOUT)
        : LongStream.of(one);
  }

  @BeforeAll
  void start_a_fleet(@TempDir Path in) throws IOException {
    directory = in;
    Optional<String> missing = OpenSshFleet.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    started = Optional.of(OpenSshFleet.start(directory.resolve("fleet"), HOSTS));
    inOrder = fleet().hosts().stream().sorted(Comparator.comparing(FleetHost::name)).toList();
  }

  @AfterAll
  void stop_the_fleet() {
    started.ifPresent(OpenSshFleet::close);
    resumed.sort(null);
    if (!resumed.isEmpty()) {
      System.out.printf(
          "killed deployments: %d kills, driving resumed %d ms after a restart in the median, %d ms"
              + " at most%n",
          kills,
          resumed.get(resumed.size() / 2).toMillis(),
          resumed.get(resumed.size() - 1).toMillis());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ends_as_if_nothing_had_happened_and_no_script_runs_twice(long seed) throws Exception {
    System.out.println("killed deployment: -Dslipway.seed=" + seed);
    Random random = new Random(seed);
    Set<Integer> failing = failing(seed, random);
    write(seed, failing);
    ObjectNode undisturbed =
        JsonText.parsed(answer("simulate", "-f", file("rollout.yml"), "--json"));

    String id = deploy(random);

    ObjectNode status = JsonText.parsed(answer("status", id, "--json", "--state", file("state")));
    Set<String> begun = new TreeSet<>();
    undisturbed
        .get("waves")
        .forEach(wave -> wave.forEach(host -> begun.add(host(host.asInt()).name())));
    Set<String> failed =
        failing.stream()
            .map(position -> host(position).name())
            .collect(Collectors.toCollection(TreeSet::new));
    failed.retainAll(begun);
    assertThat(status.get("status")).isEqualTo(undisturbed.get("status"));
    assertThat(status.get("errorCode")).isEqualTo(undisturbed.get("errorCode"));
    assertThat(hosts(status, "Failed")).isEqualTo(failed);
    Set<String> skipped =
        fleet().hosts().stream()
            .map(FleetHost::name)
            .collect(Collectors.toCollection(TreeSet::new));
    skipped.removeAll(begun);
    assertThat(hosts(status, "Skipped")).isEqualTo(skipped);
    for (FleetHost host : fleet().hosts()) {
      assertThat(witness(host, id))
          .as(host.name())
          .isEqualTo(skipped.contains(host.name()) ? List.of() : SCRIPTED);
    }
  }

  private OpenSshFleet fleet() {
    return started.orElseThrow();
  }

  /** Returns the host that comes at a position, from 1, in a rollout in the order of the names. */
  private FleetHost host(int position) {
    return inOrder.get(position - 1);
  }

  /** Some hosts that the rollout can do without, or all of its first half. */
  private static Set<Integer> failing(long seed, Random random) {
    return seed % 3 == 0
        ? IntStream.rangeClosed(1, HOSTS / 2).boxed().collect(Collectors.toCollection(TreeSet::new))
        : IntStream.range(0, 10)
            .mapToObj(again -> 1 + random.nextInt(HOSTS))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Each rollout has a group of its own: how hosts fared before would change their order. */
  private void write(long seed, Set<Integer> failing) throws IOException {
    write(
        "rollout.yml",
        """
        application: web
        deploymentGroup: prod-%d
        revision: bundle
        hosts: {inventory: "%s", order: BY_NAME, tags: [{key: role, value: web}]}
        config: CodeDeployDefault.HalfAtATime
        batching: WAVE
        simulate: {hosts: %d, fail: %s}
        """
            .formatted(seed, fleet().files().inventory(), HOSTS, failing));
    write(
        "bundle/appspec.yml",
        """
        version: 0.0
        os: linux
        files:
          - source: app
            destination: /srv/%d
        hooks:
          BeforeInstall:
            - location: hook.sh
          ValidateService:
            - location: hook.sh
        """
            .formatted(seed));
    write("bundle/app", "1\n");
    Path script =
        write(
            "bundle/hook.sh",
            """
            #!/bin/sh
            echo "$DEPLOYMENT_ID $LIFECYCLE_EVENT" >>"$SLIPWAY_HOST_ROOT/witness"
            [ "$LIFECYCLE_EVENT" = BeforeInstall ] || [ ! -f "$SLIPWAY_HOST_ROOT/fails" ]
            """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (FleetHost host : fleet().hosts()) {
      Files.deleteIfExists(host.root().resolve("fails"));
    }
    for (int position : failing) {
      Files.createFile(host(position).root().resolve("fails"));
    }
  }

  /** Deploys, is killed some times in between, goes on to the end, and returns the id. */
  private String deploy(Random random) throws Exception {
    int left = KILLS_OF_ROLLOUT;
    Run run = run(random, true, "deploy", "-f", file("rollout.yml"), "--json");
    List<Instant> restarts = new ArrayList<>();
    while (!run.ended()) {
      left--;
      restarts.add(Instant.now());
      run = run(random, left > 0, "continue", run.id(), "--json");
    }
    measure(run.id(), restarts);
    return run.id();
  }

  /** What a process did until it ended or was killed. */
  private record Run(String id, boolean ended) {}

  private Run run(Random random, boolean isKilled, String... command) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    all.addAll(List.of(command));
    all.addAll(List.of("--state", file("state")));
    Process child =
        new ProcessBuilder(all)
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("errors").toFile()))
            .start();
    int killedAt = isKilled ? 1 + random.nextInt(EVENTS) : Integer.MAX_VALUE;
    int told = 0;
    String id = "";
    try (BufferedReader events = child.inputReader()) {
      String line = events.readLine();
      while (line != null && told < killedAt) {
        id = id.isEmpty() ? JsonText.parsed(line).get("deployment").asText() : id;
        told++;
        line = events.readLine();
      }
      boolean ended = line == null;
      if (!ended) {
        kills++;
        System.out.println("killed when it had told of " + told + " events");
        child.destroyForcibly();
      }
      child.waitFor();
      assertThat(id).as(Files.readString(directory.resolve("errors"))).isNotEmpty();
      return new Run(id, ended);
    } finally {
      child.destroyForcibly();
    }
  }

  /** How long after each restart the first event of the rollout was committed. */
  private void measure(String id, List<Instant> restarts) {
    List<Instant> commits =
        answer("events", id, "--json", "--state", file("state"))
            .lines()
            .map(line -> Instant.parse(JsonText.parsed(line).get("at").asText()))
            .toList();
    for (Instant restart : restarts) {
      commits.stream()
          .filter(commit -> commit.isAfter(restart))
          .findFirst()
          .ifPresent(commit -> resumed.add(Duration.between(restart, commit)));
    }
  }

  private static Set<String> hosts(JsonNode status, String wanted) {
    return StreamSupport.stream(status.get("hosts").spliterator(), false)
        .filter(host -> host.get("status").asText().equals(wanted))
        .map(host -> host.get("host").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> witness(FleetHost host, String id) throws IOException {
    Path file = host.root().resolve("witness");
    if (Files.notExists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(id + " "))
        .map(line -> line.substring(id.length() + 1))
        .toList();
  }

  private static String answer(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    assertThat(SlipwayCommand.run(console, args)).as(err.toString()).isZero();
    return out.toString();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }
}
