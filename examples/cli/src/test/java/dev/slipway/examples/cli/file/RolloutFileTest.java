package dev.slipway.examples.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.config.Batching;
import dev.slipway.config.DeploymentConfigs;
import dev.slipway.config.MinimumHealthyHosts;
import dev.slipway.config.RolloutLimits;
import dev.slipway.config.ZonalConfig;
import dev.slipway.deployment.AutoRollbackEvent;
import dev.slipway.deployment.LifecycleEvent;
import dev.slipway.failure.RequestException;
import dev.slipway.fleet.HostId;
import dev.slipway.fleet.HostOrder;
import dev.slipway.fleet.HostSelector;
import dev.slipway.fleet.TagFilter;
import dev.slipway.guard.Approval;
import dev.slipway.guard.Checkpoint;
import dev.slipway.guard.DeploymentWindows;
import dev.slipway.guard.Freeze;
import dev.slipway.guard.GateReference;
import dev.slipway.guard.Guards;
import dev.slipway.guard.Pulse;
import dev.slipway.guard.WeeklyWindow;
import dev.slipway.revision.Revision;
import dev.slipway.rollout.BlueGreen;
import dev.slipway.rollout.RolloutOptions;
import dev.slipway.rollout.RolloutSpec;
import dev.slipway.spi.termination.TerminatorReference;
import dev.slipway.strategy.StrategyReference;
import dev.slipway.strategy.WaveSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RolloutFileTest {

  @TempDir private Path directory;

  @BeforeEach
  void lay_out_a_bundle_and_an_inventory() throws IOException {
    Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(directory.resolve("web.tgz"), "");
    Files.writeString(directory.resolve("web.rpm"), "");
    Files.writeString(directory.resolve("hosts.yml"), "hosts: [a, b]\n");
  }

  @Test
  void a_file_says_what_a_rollout_waits_for() {
    Guards guards =
        read("""
        config: CodeDeployDefault.HalfAtATime
        strategy: [{wave: 1, bake: 90s, pause: true}, rest]
        approval: change 4711
        hostGates: {http: "https://{host}/health", within: 1m}
        windows:
          zone: Europe/Berlin
          open: [{days: [MONDAY, FRIDAY], from: "22:00", to: "04:00"}]
          freezes:
            - {from: "2026-12-20T00:00:00+01:00", to: "2027-01-04T00:00:00+01:00", reason: holidays}
          running: DRAIN
        pulse: {within: 10m, silence: STOP}
        """)
            .guards();

    assertThat(guards.checkpoints())
        .containsExactly(
            Checkpoint.after(WaveSize.count(1)).bake(Duration.ofSeconds(90)).paused(),
            Checkpoint.beforeAll().approval(Approval.of("change 4711")));
    assertThat(guards.hostGates())
        .extracting(GateReference::label)
        .containsExactly("http https://{host}/health");
    assertThat(guards.windows())
        .isEqualTo(
            new DeploymentWindows(
                ZoneId.of("Europe/Berlin"),
                List.of(
                    new WeeklyWindow(
                        EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(4, 0))),
                List.of(
                    new Freeze(
                        Instant.parse("2026-12-19T23:00:00Z"),
                        Instant.parse("2027-01-03T23:00:00Z"),
                        "holidays")),
                DeploymentWindows.Running.DRAIN));
    assertThat(guards.pulse()).isEqualTo(new Pulse(Duration.ofMinutes(10), Pulse.Silence.STOP));
  }

  @Test
  void a_whole_file_is_a_whole_specification() {
    RolloutSpec spec =
        read("""
        application: web
        deploymentGroup: prod
        revision: ./web.tgz
        hosts:
          inventory: hosts.yml
          tags: [[{key: role, value: web}], [{key: env, value: prod}, {key: canary}]]
          order: BY_NAME
        transport: ssh
        config: CodeDeployDefault.HalfAtATime
        batching: WINDOW
        strategy: [1, 5%, 25%, rest]
        limits: {maxFailures: 2}
        fileExistsBehavior: OVERWRITE
        autoRollback: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM]
        ignoreApplicationStopFailures: true
        appSpecFile: other.yml
        description: the new one
        """)
            .spec();

    assertThat(spec.application()).isEqualTo("web");
    assertThat(spec.deploymentGroup()).isEqualTo("prod");
    assertThat(spec.revision()).isEqualTo(Revision.localArchive(directory.resolve("web.tgz")));
    assertThat(spec.hosts().order()).isEqualTo(HostOrder.BY_NAME);
    assertThat(spec.hosts().selector())
        .isEqualTo(
            HostSelector.none()
                .tag("role", "web")
                .and(TagFilter.of("env", "prod"), TagFilter.keyOnly("canary")));
    assertThat(spec.pace().config()).isEqualTo(DeploymentConfigs.HALF_AT_A_TIME);
    assertThat(spec.pace().batching()).isEqualTo(Batching.WINDOW);
    assertThat(spec.pace().strategy())
        .isEqualTo(
            StrategyReference.waves(
                WaveSize.count(1), WaveSize.percent(5), WaveSize.percent(25), WaveSize.rest()));
    assertThat(spec.pace().limits()).isEqualTo(RolloutLimits.NONE.withMaxFailures(2));
    assertThat(spec.options().fileExistsBehavior()).isEqualTo(FileExistsBehavior.OVERWRITE);
    assertThat(spec.options().autoRollback())
        .containsExactly(
            AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM);
    assertThat(spec.options().ignoreApplicationStopFailures()).isTrue();
    assertThat(spec.options().appSpecFile()).isEqualTo("other.yml");
    assertThat(spec.options().description()).isEqualTo("the new one");
  }

  @Test
  void what_has_a_default_may_be_left_out() {
    RolloutSpec spec =
        read("""
        application: web
        deploymentGroup: prod
        revision: bundle
        hosts: {inventory: hosts.yml}
        """)
            .spec();

    assertThat(spec.revision()).isEqualTo(Revision.localDirectory(directory.resolve("bundle")));
    assertThat(spec.pace().config()).isEqualTo(DeploymentConfigs.ONE_AT_A_TIME);
    assertThat(spec.pace().batching()).isEqualTo(Batching.WAVE);
    assertThat(spec.pace().strategy()).isEqualTo(StrategyReference.AS_MANY_AS_MAY);
    assertThat(spec.options()).isEqualTo(RolloutOptions.DEFAULT);
  }

  @Test
  void hosts_without_tags_are_all_of_the_inventory() {
    RolloutFile.HostsPart hosts = read("hosts: {inventory: hosts.yml}").requiredHosts();

    assertThat(hosts.open().snapshot(hosts.selector()))
        .extracting(host -> host.id().value())
        .containsExactly("a", "b");
  }

  @Test
  void a_flat_list_of_tags_is_one_group() {
    RolloutFile file =
        read(
            """
            hosts:
              inventory: hosts.yml
              order: [b]
              tags:
                - {key: role, value: web, type: KEY_AND_VALUE}
                - {key: env, type: KEY_ONLY}
                - {value: x*, type: value-only}
            """);

    assertThat(file.requiredHosts().selector())
        .isEqualTo(
            HostSelector.anyOf(
                TagFilter.of("role", "web"), TagFilter.keyOnly("env"), TagFilter.valueOnly("x*")));
    assertThat(file.requiredHosts().order())
        .isEqualTo(HostOrder.explicit(List.of(new HostId("b"))));
  }

  @Test
  void a_floor_of_ones_own_may_be_zonal() {
    RolloutFile file =
        read(
            """
            config:
              name: careful
              minimumHealthyHosts: {type: HOST_COUNT, value: 8}
              zonalConfig:
                firstZoneMonitorDurationInSeconds: 60
                monitorDurationInSeconds: 30
                minimumHealthyHostsPerZone: {type: FLEET_PERCENT, value: 50}
            """);

    assertThat(file.pace().config().name()).isEqualTo("careful");
    assertThat(file.pace().config().minimumHealthyHosts())
        .isEqualTo(MinimumHealthyHosts.hostCount(8));
    assertThat(file.pace().config().zonalConfig())
        .isEqualTo(
            new ZonalConfig(
                Duration.ofSeconds(60), Duration.ofSeconds(30), MinimumHealthyHosts.percent(50)));
  }

  @Test
  void a_simulation_needs_nothing_else() {
    SimulationPart hosts =
        read("simulate: {hosts: 10, fail: [2, 9], seed: 42}").simulation().orElseThrow();
    SimulationPart zones =
        read("simulate: {zones: {a: 5, b: 3}, fail: {\"7\": AfterInstall}}")
            .simulation()
            .orElseThrow();

    assertThat(hosts.zones()).isEqualTo(Map.of("", 10));
    assertThat(hosts.failures().keySet()).containsExactly(2, 9);
    assertThat(hosts.seed()).isEqualTo(42);
    assertThat(zones.zones()).isEqualTo(Map.of("a", 5, "b", 3));
    assertThat(zones.failures()).isEqualTo(Map.of(7, LifecycleEvent.AFTER_INSTALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          aplication: web                     | 1:1: aplication: is no known key; did you mean "application"?
          application: a/b                    | 1:14: application: must be 1 to 100 letters, digits or . _ + = , @ -, but is "a/b"
          application: [web]                  | 1:14: application: must be text, but is a list
          application:                        | application: must be text, but has no value; give one or remove the key
          transport: telnet                   | 1:12: transport: must be one of ssh, in-process, but is "telnet"
          config: HalfAtATime                 | 1:9: config: must be one of CodeDeployDefault.OneAtATime, CodeDeployDefault.HalfAtATime, CodeDeployDefault.AllAtOnce, but is "HalfAtATime"; did you mean CodeDeployDefault.HalfAtATime?
          config: {}                          | 1:9: config: has no "minimumHealthyHosts"; add
          config: {minimumHealthyHosts: 5}    | 1:31: config.minimumHealthyHosts: must have keys of its own, but is "5"
          config: {minimumHealthyHosts: {type: FLEET_PERCENT, value: 100}} | 1:60: config.minimumHealthyHosts.value: must be a whole number from 0 to 99, but is "100"
          config: {minimumHealthyHosts: {type: FLEET_PERCENT, value: -1}}  | must be a whole number from 0 to 99, but is "-1"
          config: {minimumHealthyHosts: {type: HOST_COUNT, value: many}}   | must be a whole number from 0 to
          config: {minimumHealthyHosts: {type: HOST_COUNT}}                | config.minimumHealthyHosts: has no "value"
          config: {minimumHealthyHosts: {type: HOSTS, value: 1}}           | 1:38: config.minimumHealthyHosts.type: must be one of HOST_COUNT, FLEET_PERCENT, but is "HOSTS"
          config: {minimumHealthyHosts: {type: MOST_CONCURRENCY, value: 1}}| must be one of HOST_COUNT, FLEET_PERCENT, but is "MOST_CONCURRENCY"
          config: {name: CodeDeployDefault.X, minimumHealthyHosts: {type: HOST_COUNT, value: 1}} | 1:16: config.name: a custom deployment config's name must not start with CodeDeployDefault.
          config: {minimumHealthyHosts: {type: HOST_COUNT, value: 1}, zonalConfig: {monitorDurationInSeconds: -1}} | config.zonalConfig.monitorDurationInSeconds: must be a whole number from 0
          strategy: [1, rest]                 | 1:11: strategy: needs a floor beside it
          {config: CodeDeployDefault.HalfAtATime, strategy: [1, 101%]}     | 1:55: strategy[1]: a wave is 1 or more hosts, 1 to 100 % of the fleet, or the rest, but was 101%
          {config: CodeDeployDefault.HalfAtATime, strategy: [half]}        | strategy[0]: a wave is a number of hosts such as 1, a percentage such as 5%, or rest, but was 'half'
          {config: CodeDeployDefault.HalfAtATime, strategy: [5, 3]}        | 1:51: strategy: waves are counted in all, so 3 cannot follow 5
          {config: CodeDeployDefault.HalfAtATime, strategy: []}            | strategy: waves must name at least one wave
          {config: CodeDeployDefault.HalfAtATime, strategy: 5, batching: BATCH} | batching: must be one of WAVE, WINDOW, but is "BATCH"
          {config: CodeDeployDefault.HalfAtATime, strategy: [{wave: 1, bake: soon}]} | strategy[0].bake: must be a number and s, m, h or d, such as 10m, but is "soon"
          {config: CodeDeployDefault.HalfAtATime, strategy: {adaptive: {first: 4, most: 2}}} | strategy.adaptive: an adaptive strategy has 1 <= first <= most, but was 4 and 2
          gates: [{within: 5m}]               | gates[0]: must have either "http", an address, or "command", a program
          hostGates: [{command: a}, {command: a}] | hostGates: gate 'command a' stands twice in one place
          alarms: {command: a, names: []}     | alarms: alarms must name at least one alarm
          pulse: {silence: STOP}              | pulse: has no "within"
          windows: {zone: Mars}               | windows.zone: must be a time zone such as Europe/Berlin, but is "Mars"
          windows: {open: {days: [], from: "09:00", to: "17:00"}} | windows.open.days: a window must have at least one day
          windows: {open: {from: noon, to: "17:00"}} | windows.open.from: must be a time in quotes such as "09:00", but is "noon"
          limits: {maxFailuresPerZone: -1}    | limits.maxFailuresPerZone: must be a whole number from 0 to
          limits: {maxParallel: 0}            | limits.maxParallel: must be a whole number from 1 to
          fileExistsBehavior: KEEP            | fileExistsBehavior: must be one of DISALLOW, OVERWRITE, RETAIN, but is "KEEP"
          autoRollback: [DEPLOYMENT_FAILED]   | 1:16: autoRollback[0]: must be one of DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST, but is "DEPLOYMENT_FAILED"; did you mean DEPLOYMENT_FAILURE?
          autoRollback: [DEPLOYMENT_FAILURE, DEPLOYMENT_FAILURE] | autoRollback[1]: stands twice
          autoRollback: true                  | autoRollback: must be one of DEPLOYMENT_FAILURE
          hosts: hosts.yml                    | 1:8: hosts: must have keys of its own, but is "hosts.yml"
          hosts: {tags: []}                   | hosts: has no "inventory"
          hosts: {inventory: hosts.yml, tags: []}                 | hosts.tags: must name at least one filter
          hosts: {inventory: hosts.yml, tags: [[], [{key: a}]]}   | 1:38: hosts.tags[0]: must not be an empty group
          hosts: {inventory: hosts.yml, tags: [{}]}               | hosts.tags[0]: must have a "key", a "value" or both
          hosts: {inventory: hosts.yml, tags: [{key: a, type: VALUE_ONLY}]} | hosts.tags[0].type: is VALUE_ONLY, but what the filter has makes it KEY_ONLY
          hosts: {inventory: hosts.yml, tags: [[{key: a}], {key: b}]}       | hosts.tags[1]: must be a list, but is a section with keys
          hosts: {inventory: hosts.yml, order: ALPHABET}          | hosts.order: must be one of SPREAD, BY_NAME, ACROSS_ZONES, but is "ALPHABET"
          hosts: {inventory: hosts.yml, order: [a, " "]}          | hosts.order[1]: must be the name of a host, but is blank
          simulate: {hosts: -1}               | simulate.hosts: must be a whole number from 0 to 100000, but is "-1"
          simulate: {hosts: 3, zones: {a: 1}} | simulate.hosts: stands beside "zones"; keep one of them
          simulate: {hosts: 10, fail: [11]}   | 1:30: simulate.fail[0]: must be a whole number from 1 to 10, but is "11"
          simulate: {hosts: 10, fail: [2, 2]} | simulate.fail[1]: stands twice
          simulate: {hosts: 10, fail: {x: Install}}   | 1:30: simulate.fail.x: must be a whole number from 1 to 10, but is "x"
          simulate: {hosts: 10, fail: {"1": Instal}}  | simulate.fail.1: must be one of BeforeBlockTraffic, AfterBlockTraffic, ApplicationStop, DownloadBundle, BeforeInstall, Install, AfterInstall, ApplicationStart, ValidateService, BeforeAllowTraffic, AfterAllowTraffic, but is "Instal"; did you mean Install?
          simulate: {seed: x}                 | simulate.seed: must be a whole number of at most 18 digits, but is "x"
          description: {a: b}                 | description: must be text, but is a section with keys
          ignoreApplicationStopFailures: 1    | must be true or false, but is "1"
          """)
  void what_is_wrong_is_one_sentence_with_its_place(String yaml, String message) {
    Path file = write(yaml);

    assertThatThrownBy(() -> RolloutFile.read(file))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(message)
        .hasMessageEndingWith(".")
        .message()
        .doesNotContain("\n", "..");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application              | has no "application"; name the application, such as "web".
          deploymentGroup          | has no "deploymentGroup"; name the group, such as "prod".
          revision                 | has no "revision"; name a bundle: a directory or an archive.
          hosts                    | has no "hosts"; name an inventory: "hosts: {inventory: hosts.yml}".
          """)
  void what_a_deployment_needs_is_missed(String key, String message) {
    String whole =
        """
        application: web
        deploymentGroup: prod
        revision: bundle
        hosts: {inventory: hosts.yml}
        """;
    Stream<String> others = whole.lines().filter(line -> !line.startsWith(key));
    RolloutFile file = read(String.join("\n", others.toList()));

    assertThatThrownBy(file::spec)
        .isInstanceOf(RequestException.class)
        .hasMessage(directory.resolve("rollout.yml") + ":1:1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none.tgz                 | does not exist; build the bundle first.
          web.rpm                  | must end in .zip, .tar, .tgz or .tar.gz or be a directory, but is "web.rpm".
          https://x.example/w.tgz  | must be a directory or an archive on this machine, but is "https://x.example/w.tgz"; fetch it first and name the file.
          """)
  void a_bundle_that_is_not_there_is_missed_when_it_is_needed(String revision, String message) {
    RolloutFile file = read("revision: " + revision);

    assertThatThrownBy(() -> file.revision().orElseThrow().open())
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith(directory.resolve("rollout.yml") + ":1:11: revision: ")
        .hasMessageEndingWith(message);
  }

  @Test
  void an_inventory_that_is_not_there_is_missed_when_it_is_needed() {
    RolloutFile file = read("hosts: {inventory: none.yml}");

    assertThatThrownBy(() -> file.requiredHosts().open())
        .isInstanceOf(RequestException.class)
        .hasMessage(
            directory.resolve("rollout.yml")
                + ":1:20: hosts.inventory: names \"none.yml\", but "
                + directory.resolve("none.yml")
                + " is no file; name an inventory.");
  }

  @Test
  void a_file_says_how_original_hosts_end() {
    BlueGreen blueGreen =
        read("""
        config: CodeDeployDefault.HalfAtATime
        traffic: {command: ./balancer.sh}
        blueGreen:
          originals: [{key: colour, value: blue}]
          terminate: {after: 1h, command: ./power-off.sh}
        """)
            .traffic()
            .blueGreen();

    assertThat(blueGreen)
        .isEqualTo(
            BlueGreen.from(HostSelector.none().tag("colour", "blue"))
                .terminating(
                    new TerminatorReference("command", 1, "./power-off.sh"), Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {command: ./off.sh}              | say how long original hosts stay after the switch
          {after: 1h}                      | name a program that ends hosts
          {after: 3d, command: ./off.sh}   | PT48H
          {after: 1h, command: a, who: me} | who
          """)
  void an_end_of_original_hosts_that_makes_no_sense_is_refused(String terminate, String part) {
    assertThatThrownBy(
            () ->
                read(
                    "traffic: {command: a}\n"
                        + "blueGreen: {originals: [{key: c, value: b}], terminate: "
                        + terminate
                        + "}\n"))
        .hasMessageContaining("rollout.yml")
        .hasMessageContaining(part);
  }

  private RolloutFile read(String yaml) {
    return RolloutFile.read(write(yaml));
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(directory.resolve("rollout.yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
