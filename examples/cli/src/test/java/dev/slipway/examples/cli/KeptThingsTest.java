package dev.slipway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept beside rollouts, from the command line. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class KeptThingsTest {

  private static final Path DOCUMENT = Path.of("../../docs/domain.md");

  @TempDir private Path directory;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void lay_out_hosts_and_a_bundle() throws IOException {
    Files.writeString(
        directory.resolve("hosts.yml"),
        "hosts:\n  - name: web-[1-3]\n    tags: {role: web}\n  - name: db-1\n");
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("appspec.yml"), "version: 0.0\nos: linux\n");
  }

  private int run(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--state");
    all.add(directory.resolve("state").toString());
    Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
    return SlipwayCommand.run(console, all.toArray(String[]::new));
  }

  private String answer(String... args) {
    assertThat(run(args)).as(() -> String.join(" ", args) + ": " + err).isZero();
    return out.toString();
  }

  private ObjectNode json(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    return JsonText.parsed(answer(all.toArray(String[]::new)));
  }

  /** Files are those of this test, and hosts are reached in this process. */
  private String[] words(String line) {
    String replaced =
        line.replace("build/web-1.8.0.tgz", directory.resolve("bundle") + " --in-process")
            .replace("hosts.yml", directory.resolve("hosts.yml").toString());
    return replaced.split(" ");
  }

  @Test
  void the_commands_of_the_document_do_what_it_says() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf("```sh\n") + "```sh\n".length();
    String example = document.substring(begin, document.indexOf("```", begin));
    List<String> commands =
        example.lines().map(line -> line.replaceFirst("^slipway ", "")).toList();
    assertThat(commands).hasSize(6);

    commands.forEach(command -> answer(words(command)));

    ObjectNode drift =
        json("drift", "web", "prod", "--inventory", directory.resolve("hosts.yml").toString());
    assertThat(drift.get("drifted").asBoolean()).isFalse();
    assertThat(drift.get("hosts")).hasSize(3);
    assertThat(drift.get("hosts").get(0).get("standing").asText()).isEqualTo("current");
    assertThat(drift.get("targetLocation").asText()).endsWith("bundle");
    assertThat(answer("drift", "web", "prod")).contains("3 hosts: 3 current, 0 outdated");
    String id = json("deployment", "list", "web", "prod").get("deployments").get(0).asText();
    ObjectNode deployment = json("deployment", "show", id);
    assertThat(deployment.get("status").asText()).isEqualTo("Succeeded");
    assertThat(deployment.get("deploymentOverview").get("Succeeded").asInt()).isEqualTo(3);
    assertThat(answer("deployment", "show", id)).contains("creator: user", "status: Succeeded");
    ObjectNode group = json("group", "show", "web", "prod");
    assertThat(group.get("hosts").asText()).isEqualTo("role=web");
    assertThat(group.get("lastSuccessfulDeployment").asText()).isEqualTo(id);
  }

  @Test
  void applications_groups_and_configs_are_created_listed_renamed_and_deleted() {
    answer("application", "create", "web");
    answer("config", "create", "eight", "--hosts", "8");
    answer("group", "create", "web", "prod", "--config", "eight", "--tag", "a=b", "--tag", "c=d");

    assertThat(run("config", "delete", "eight")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("is in use by deployment group 'prod'");
    answer(
        "group",
        "update",
        "web",
        "prod",
        "--config",
        "CodeDeployDefault.AllAtOnce",
        "--auto-rollback",
        "DEPLOYMENT_FAILURE");
    answer("config", "delete", "eight");
    answer("group", "rename", "web", "prod", "live");
    answer("application", "rename", "web", "shop");
    assertThat(answer("application", "list")).isEqualTo("shop" + System.lineSeparator());
    assertThat(answer("group", "list", "shop")).isEqualTo("live" + System.lineSeparator());
    assertThat(answer("group", "show", "shop", "live"))
        .contains("config: CodeDeployDefault.AllAtOnce", "hosts: a=b, and c=d");
    assertThat(json("config", "list").get("deploymentConfigs")).hasSize(3);
    answer("group", "delete", "shop", "live");
    answer("application", "delete", "shop");
    assertThat(answer("application", "list")).isEmpty();
  }

  @Test
  void a_webhook_of_a_group_is_told_of_its_deployments() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          told.add(exchange.getRequestHeaders().getFirst("Slipway-Event"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
      answer("application", "create", "web");
      answer(
          "group",
          "create",
          "web",
          "prod",
          "--tag",
          "role=web",
          "--webhook",
          "hook=" + url,
          "--webhook-events",
          "DeploymentStart,DeploymentSuccess");

      answer(words("deployment create web prod build/web-1.8.0.tgz --inventory hosts.yml"));
      answer("group", "update", "web", "prod", "--config", "CodeDeployDefault.AllAtOnce");

      assertThat(told).containsExactly("DeploymentStart", "DeploymentSuccess");
    } finally {
      server.stop(0);
    }
    assertThat(run("group", "update", "web", "prod", "--webhook", "hook=arn:aws:sns"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("no trigger sink takes messages");
  }

  @Test
  void what_is_wrong_is_said_in_a_sentence_with_the_exit_code_of_bad_input() {
    assertThat(run("drift", "web", "prod")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("there is no application 'web'");
    assertThat(run("application", "create", "a/b")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("was 'a/b'");
    assertThat(run("application")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run("config", "create", "x")).isEqualTo(ExitCode.BAD_INPUT);
  }
}
