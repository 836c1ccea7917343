package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLineTest {

  private static final String ROLLOUT =
      """
      application: web
      deploymentGroup: prod
      revision: bundle
      transport: in-process
      hosts: {inventory: hosts.yml, order: BY_NAME}
      config: CodeDeployDefault.HalfAtATime
      autoRollback: [DEPLOYMENT_FAILURE]
      """;

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void lay_out_a_bundle_and_a_fleet() {
    write("hosts.yml", "hosts:\n  - name: web-[1-4]\n");
    write("rollout.yml", ROLLOUT);
    write(
        "bundle/appspec.yml",
        """
        version: 0.0
        os: linux
        hooks:
          ApplicationStart:
            - location: start.sh
          ValidateService:
            - location: start.sh
        """);
    script("exit 0");
  }

  @Test
  void a_simulation_is_one_document() {
    write(
        "simulate.yml",
        """
        config: {minimumHealthyHosts: {type: HOST_COUNT, value: 8}}
        simulate: {hosts: 10, fail: [2, 9], seed: 42}
        """);

    assertThat(run("simulate", "-f", file("simulate.yml"), "--json")).isZero();

    ObjectNode answer = JsonText.parsed(out.toString());
    assertThat(keys(answer))
        .containsExactly(
            "status",
            "errorCode",
            "minimumHealthy",
            "failureBudget",
            "succeeded",
            "failed",
            "skipped",
            "waves",
            "seconds",
            "events");
    assertThat(answer.get("status").asText()).isEqualTo("Failed");
    assertThat(answer.get("errorCode").asText()).isEqualTo("HEALTH_CONSTRAINTS");
    assertThat(answer.get("minimumHealthy").asInt()).isEqualTo(8);
    assertThat(answer.get("failureBudget").asInt()).isEqualTo(2);
    assertThat(answer.get("waves")).hasToString("[[1,2],[3],[4],[5],[6],[7],[8],[9]]");
    assertThat(answer.get("succeeded").asInt()).isEqualTo(7);
    assertThat(answer.get("failed").asInt()).isEqualTo(2);
    assertThat(answer.get("skipped").asInt()).isEqualTo(1);
    assertThat(answer.get("seconds").asDouble()).isPositive();
    assertThat(answer.get("events").asInt()).isPositive();
  }

  @Test
  void a_simulation_switches_traffic_to_replacement_hosts_and_ends_the_original_ones() {
    write(
        "green.yml",
        """
        config: CodeDeployDefault.HalfAtATime
        traffic: {command: ./balancer.sh}
        blueGreen:
          originals: [{key: colour, value: blue}]
          readyWait: 4h
          terminate: {after: 1h, command: ./power-off.sh}
        simulate: {hosts: 4, originals: 2, fail: {"1": BeforeAllowTraffic}}
        """);

    assertThat(run("simulate", "-f", file("green.yml"), "--json")).isZero();

    ObjectNode answer = JsonText.parsed(out.toString());
    assertThat(answer.get("status").asText()).isEqualTo("Succeeded");
    assertThat(answer.get("waves")).hasToString("[[1,2],[3,4]]");
    assertThat(answer.get("succeeded").asInt()).isEqualTo(5);
    assertThat(answer.get("failed").asInt()).isEqualTo(1);
    assertThat(answer.get("seconds").asDouble()).isGreaterThan(3600);
  }

  @Test
  void a_simulation_without_a_fleet_of_its_own_takes_the_size_of_the_inventory() {
    assertThat(run("simulate", "-f", file("rollout.yml"), "--json")).isZero();

    ObjectNode answer = JsonText.parsed(out.toString());
    assertThat(answer.get("status").asText()).isEqualTo("Succeeded");
    assertThat(answer.get("errorCode").isNull()).isTrue();
    assertThat(answer.get("waves")).hasToString("[[1,2],[3,4]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {hosts: 0}                                 | NO_INSTANCES               | null
          {hosts: 1}                                 | null                       | 0
          {hosts: 2, fail: [1, 2]}                   | HEALTH_CONSTRAINTS         | 1
          {zones: {a: 2, b: 1}, fail: {"3": Install}}| null                       | 2
          """)
  void a_verdict_is_an_answer_and_not_a_failure(String fleet, String code, String floor) {
    write("s.yml", "config: CodeDeployDefault.OneAtATime\nsimulate: " + fleet + "\n");

    assertThat(run("simulate", "-f", file("s.yml"), "--json")).isZero();

    ObjectNode answer = JsonText.parsed(out.toString());
    assertThat(answer.get("errorCode").asText()).isEqualTo(code);
    assertThat(answer.get("minimumHealthy").asText()).isEqualTo(floor);
  }

  @Test
  void the_same_seed_gives_the_same_answer() {
    write("s.yml", "simulate: {hosts: 50, fail: [50], seed: 7}\n");

    run("simulate", "-f", file("s.yml"), "--json");
    run("simulate", "-f", file("s.yml"), "--json");

    List<String> answers = out.toString().lines().toList();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).isEqualTo(answers.get(1));
  }

  @Test
  void a_plan_is_one_document_and_changes_nothing() {
    assertThat(run("plan", "-f", file("rollout.yml"), "--state", file("state"), "--json")).isZero();

    ObjectNode plan = JsonText.parsed(out.toString());
    assertThat(keys(plan))
        .containsExactly(
            "digest", "hosts", "minimumHealthy", "failureBudget", "waves", "scripts", "rollback");
    assertThat(plan.get("digest").asText()).isNotEmpty();
    assertThat(plan.get("hosts")).hasToString("[\"web-1\",\"web-2\",\"web-3\",\"web-4\"]");
    assertThat(plan.get("minimumHealthy").asInt()).isEqualTo(2);
    assertThat(plan.get("failureBudget").asInt()).isEqualTo(2);
    assertThat(plan.get("waves")).hasToString("[[\"web-1\",\"web-2\"],[\"web-3\",\"web-4\"]]");
    assertThat(plan.get("scripts"))
        .hasToString("{\"ApplicationStart\":[\"start.sh\"],\"ValidateService\":[\"start.sh\"]}");
    assertThat(plan.get("rollback"))
        .hasToString(
            "{\"events\":[\"DEPLOYMENT_FAILURE\"],\"revision\":null,\"minimumHealthy\":2,"
                + "\"hosts\":\"ALL\",\"waves\":[],\"forbidden\":null}");
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @Test
  void a_plan_for_a_thousand_hosts_names_them_in_their_waves() {
    write("hosts.yml", "hosts:\n  - name: web-[0001-1000]\n");
    write("waves.yml", ROLLOUT + "strategy: [1, 5%, 25%, rest]\n");

    assertThat(run("plan", "-f", file("waves.yml"), "--state", file("state"), "--json")).isZero();

    JsonNode waves = JsonText.parsed(out.toString()).get("waves");
    assertThat(waves.get(0)).hasToString("[\"web-0001\"]");
    List<Integer> sizes = new ArrayList<>();
    waves.forEach(wave -> sizes.add(wave.size()));
    assertThat(sizes).startsWith(1, 49, 200).allMatch(size -> size <= 500);
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(1000);
  }

  @Test
  void a_plan_that_cannot_succeed_names_the_code_and_the_numbers() {
    write(
        "rollout.yml",
        ROLLOUT.replace(
            "CodeDeployDefault.HalfAtATime",
            "{minimumHealthyHosts: {type: HOST_COUNT, value: 4}}"));

    assertThat(run("plan", "-f", file("rollout.yml"), "--state", file("state"), "--json")).isZero();

    ObjectNode plan = JsonText.parsed(out.toString());
    assertThat(plan.get("errorCode").asText()).isEqualTo("HEALTH_CONSTRAINTS_INVALID");
    assertThat(plan.get("minimumHealthy").asInt()).isEqualTo(4);
    assertThat(plan.get("failureBudget").asInt()).isZero();
    assertThat(plan.get("hosts")).hasSize(4);
  }

  @Test
  void a_deployment_that_succeeds_exits_with_0() {
    assertThat(deploy()).isZero();

    assertThat(out.toString().lines())
        .contains("  4 hosts, at least 2 stay healthy, at most 2 may fail", "  Succeeded");
  }

  @Test
  void a_deployment_is_told_in_lines_of_json() {
    assertThat(deploy("--json")).isZero();

    List<ObjectNode> events = out.toString().lines().map(JsonText::parsed).toList();
    assertThat(events)
        .allMatch(
            event ->
                keys(event).subList(0, 4).equals(List.of("deployment", "sequence", "at", "kind")));
    assertThat(events.get(events.size() - 1).get("kind").asText()).isEqualTo("RolloutEnded");
    assertThat(events.get(events.size() - 1).get("status").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_deployment_that_fails_exits_with_1_and_says_why_in_numbers_and_words() {
    deploy();
    script("echo port 80 is taken; exit 7");

    assertThat(deploy()).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString())
        .contains("(HEALTH_CONSTRAINTS): 2 of 4 hosts failed, 0 succeeded; at least 2 must stay")
        .contains("First failure: web-")
        .contains("start.sh failed with exit code 7")
        .contains("  | [stdout]port 80 is taken")
        .contains("rollback of d-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_INSTANCES", "HEALTH_CONSTRAINTS_INVALID"})
  void a_deployment_that_cannot_begin_exits_with_1(String code) {
    String changed =
        code.equals("NO_INSTANCES")
            ? ROLLOUT.replace("hosts.yml,", "hosts.yml, tags: [{key: none}],")
            : ROLLOUT.replace(
                "CodeDeployDefault.HalfAtATime",
                "{minimumHealthyHosts: {type: HOST_COUNT, value: 4}}");
    write("rollout.yml", changed);

    assertThat(deploy()).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("Failed (" + code + "): ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          revision: bundle      | revision: none            | rollout.yml:3:11: revision: names "none", but
          hosts.yml             | none.yml                  | rollout.yml:5:20: hosts.inventory: names "none.yml", but
          CodeDeployDefault.HalfAtATime | {minimumHealthyHosts: {type: FLEET_PERCENT, value: 100}} | rollout.yml:6:60: config.minimumHealthyHosts.value: must be a whole number from 0 to 99, but is "100".
          application:          | aplication:               | rollout.yml:1:1: aplication: is no known key; did you mean "application"?
          application: web      | description: no name      | rollout.yml:1:1: has no "application"; name the application, such as "web".
          autoRollback: [       | autoRollback: {           | is not YAML
          """)
  void bad_input_is_one_sentence_exits_with_2_and_touches_nothing(
      String right, String wrong, String message) {
    write("rollout.yml", ROLLOUT.replace(right, wrong));

    for (String command : List.of("plan", "deploy")) {
      assertThat(run(command, "-f", file("rollout.yml"), "--state", file("state")))
          .isEqualTo(ExitCode.BAD_INPUT);
    }

    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("slipway: ") && line.contains(message));
    assertThat(out.toString()).isEmpty();
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          identityFlie: /k/a    | hosts[1].settings.identityFlie: there is no setting identityFlie for SSH; there are adopt, agent,
          hostKeyChecking: off  | hosts[1].settings.hostKeyChecking: hostKeyChecking must be strict or accept-new, but was "off".
          """)
  void a_setting_that_the_transport_does_not_know_is_bad_input_of_the_hosts_that_are_meant(
      String setting, String message) {
    write(
        "hosts.yml",
        "hosts:\n  - web-1\n  - {name: web-2, tags: {role: odd}, settings: {" + setting + "}}\n");
    write("rollout.yml", ROLLOUT.replace("in-process", "ssh"));
    write("train.yml", "train: release-42\nstages: [rollout.yml]\n");

    for (String command : List.of("plan -f", "plan --preflight -f", "deploy -f")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of(file("rollout.yml"), "--state", file("state")));
      assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.BAD_INPUT);
    }
    assertThat(run("train", "plan", "-f", file("train.yml"), "--state", file("state")))
        .isEqualTo(ExitCode.BAD_INPUT);

    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.contains("hosts.yml:3:") && line.contains(message));
    assertThat(directory.resolve("state")).doesNotExist();

    write(
        "rollout.yml",
        ROLLOUT
            .replace("in-process", "ssh")
            .replace("order: BY_NAME", "tags: [{key: name, value: web-1}]"));

    assertThat(run("plan", "-f", file("rollout.yml"), "--state", file("state"))).isZero();
  }

  @Test
  void a_look_at_the_hosts_refuses_a_deployment_that_could_not_work_and_touches_nothing() {
    write(
        "bundle/appspec.yml",
        """
        version: 0.0
        os: linux
        files:
          - {source: start.sh, destination: /srv}
        permissions:
          - {object: /srv, group: slipway-none}
        """);

    assertThat(run("deploy", "-f", file("rollout.yml"), "--preflight", "--state", file("state")))
        .isEqualTo(2);

    assertThat(err.toString())
        .contains("4 of 4 hosts are not fit", "web-3: there is no group slipway-none");
    assertThat(directory.resolve("state")).doesNotExist();

    assertThat(
            run(
                "plan",
                "-f",
                file("rollout.yml"),
                "--preflight",
                "--state",
                file("state"),
                "--json"))
        .isZero();

    JsonNode report = JsonText.parsed(out.toString()).get("preflight");
    assertThat(report.get("ready").asBoolean()).isFalse();
    assertThat(report.get("unfit").get("web-1").get(0).get("kind").asText()).isEqualTo("ACCOUNT");

    write("rollout.yml", ROLLOUT + "preflight: {accounts: false, minimumFree: 1M, within: 1m}\n");

    assertThat(run("plan", "-f", file("rollout.yml"), "--preflight", "--state", file("state")))
        .isZero();
    assertThat(out.toString()).contains("preflight: all 4 hosts are fit");
  }

  @Test
  void a_train_takes_several_applications_out_and_back() {
    String state = file("state");
    write("db.yml", ROLLOUT.replace("application: web", "application: db"));
    write("train.yml", "train: release-42\nstages: [db.yml, [rollout.yml]]\n");

    assertThat(run("train", "plan", "-f", file("train.yml"), "--state", state)).isZero();
    assertThat(out.toString())
        .contains("train release-42", "stage 1", "db/prod", "stage 2", "web/prod", "go back");

    assertThat(run("train", "deploy", "-f", file("train.yml"), "--state", state)).isZero();
    assertThat(out.toString()).contains("train SUCCEEDED");

    assertThat(run("train", "deploy", "-f", file("train.yml"), "--state", state)).isEqualTo(2);
    assertThat(err.toString()).contains("there is a train release-42 already");

    write("train.yml", "train: release-43\nstages: [db.yml, rollout.yml]\n");
    write(
        "bad/appspec.yml",
        "version: 0.0\nos: linux\nhooks:\n  ValidateService: [{location: no.sh}]\n");
    write("rollout.yml", ROLLOUT.replace("revision: bundle", "revision: bad"));

    assertThat(run("train", "deploy", "-f", file("train.yml"), "--state", state)).isOne();
    out.getBuffer().setLength(0);
    assertThat(run("train", "status", "release-43", "--json", "--state", state)).isZero();

    ObjectNode status = JsonText.parsed(out.toString());
    assertThat(status.get("status").asText()).isEqualTo("FAILED");
    assertThat(status.get("cars").get(0).get("rollback").isNull()).isFalse();
    assertThat(run("train", "status", "--state", state)).isZero();
    assertThat(out.toString()).contains("train release-43: FAILED", "train release-42: SUCCEEDED");
  }

  @Test
  void a_train_file_is_read_with_the_places_of_its_errors() {
    write("train.yml", "train: release-42\nstages: [nothing.yml]\n");

    assertThat(run("train", "plan", "-f", file("train.yml"), "--state", file("state")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("train.yml:2:10: stages[0]", "name a rollout file");
  }

  @Test
  void a_bundle_with_a_bad_appspec_is_bad_input() {
    write("bundle/appspec.yml", "version: 0.0\nos: linux\nfiles: {a: b}\n");

    assertThat(deploy()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("appspec.yml:3:");
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                              | no command given; see slipway --help.
          depoy               | there is no command depoy (did you mean deploy?); see slipway --help.
          deploy              | Missing required option: '--file=FILE'; see slipway deploy --help.
          plan -f             | Missing required parameter for option '--file' (FILE); see slipway plan --help.
          plan -f a.yml b     | there is no option or argument b; see slipway plan --help.
          plan --jsn -f a.yml | there is no option or argument --jsn; see slipway plan --help.
          plan -f none.yml    | none.yml: does not exist; name a YAML file that does.
          simulate -f none.yml| none.yml: does not exist; name a YAML file that does.
          validate none       | none: does not exist; name a file, directory or archive.
          """)
  void bad_usage_is_one_sentence_and_exits_with_2(String line, String message) {
    assertThat(run(line == null ? new String[0] : line.split(" "))).isEqualTo(ExitCode.BAD_INPUT);

    assertThat(err.toString()).isEqualTo("slipway: " + message + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "deploy --help", "plan --help", "simulate --help"})
  void help_goes_to_the_output_and_exits_with_0(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: slipway");
  }

  @Test
  void a_good_bundle_is_valid() {
    assertThat(run("validate", file("bundle"), "--json")).isZero();
    assertThat(JsonText.parsed(out.toString()).get("valid").asBoolean()).isTrue();
  }

  @Test
  void a_bundle_that_lacks_a_script_is_not_valid() throws IOException {
    Files.delete(directory.resolve("bundle/start.sh"));

    assertThat(run("validate", file("bundle"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString())
        .contains("hooks.ApplicationStart[0].location")
        .contains("The bundle has no script at start.sh.");
  }

  @Test
  void an_appspec_alone_is_checked_with_the_places_of_its_errors() {
    write("bundle/appspec.yml", "version: 0.0\nos: linux\nfiles: {a: b}\n");

    assertThat(run("validate", file("bundle/appspec.yml"), "--json")).isEqualTo(ExitCode.BAD_INPUT);

    JsonNode finding = JsonText.parsed(out.toString()).get("findings").get(0);
    assertThat(finding.get("severity").asText()).isEqualTo("error");
    assertThat(finding.get("line").asInt()).isEqualTo(3);
  }

  @Test
  void a_directory_without_an_appspec_is_bad_input() {
    assertThat(run("validate", directory.toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("has no appspec.yml or appspec.yaml; add one");
  }

  private int deploy(String... more) {
    List<String> args =
        new ArrayList<>(List.of("deploy", "-f", file("rollout.yml"), "--state", file("state")));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  private int run(String... args) {
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    return SlipwayCommand.run(console, args);
  }

  private static List<String> keys(ObjectNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private void script(String body) {
    Path script = write("bundle/start.sh", "#!/bin/sh\n" + body + "\n");
    try {
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
