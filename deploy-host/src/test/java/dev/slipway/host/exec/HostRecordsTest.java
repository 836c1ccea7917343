package dev.slipway.host.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.plan.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostRecordsTest {

  private static final String WEB = "files:\n  - source: web\n    destination: '{host}/srv'\n";
  private static final String STOP = "hooks:\n  ApplicationStop:\n    - location: stop.sh\n";

  @TempDir Path scratch;
  private HostFixture fixture;
  private HostRecords records;

  @BeforeEach
  void makeHost() throws Exception {
    fixture = new HostFixture(scratch);
    records = new HostRecords(fixture.options.layout());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void know_nothing_of_a_root_that_is_not_there() throws Exception {
    assertThat(records.status())
        .isEqualTo(new HostStatus(fixture.root.toString(), null, List.of(), List.of()));
    assertThat(fixture.root).doesNotExist();
  }

  @Test
  void say_what_a_deployment_has_left() throws Exception {
    String check = "hooks:\n  AfterInstall:\n    - location: check.sh\n";
    fixture.deploy(
        "d-1", fixture.bundle("b", WEB + check).file("web/a", "1").script("check.sh", "exit 0"));

    HostStatus.Group group = only(records.status());

    String directory = fixture.root + "/g/d-1";
    assertThat(group.id()).isEqualTo("g");
    assertThat(group.lastInstalled()).isEqualTo(new HostStatus.Remembered(directory, true));
    assertThat(group.lastDownloaded()).isEqualTo(new HostStatus.Remembered(directory, true));
    assertThat(group.install())
        .isEqualTo(new HostStatus.Install(HostStatus.State.COMPLETE, 2, 0, null));
    assertThat(group.install().remedy()).isEmpty();
    HostStatus.Deployment deployment = group.deployments().get(0);
    assertThat(deployment.id()).isEqualTo("d-1");
    assertThat(deployment.unpacked()).isTrue();
    assertThat(deployment.commands()).isEmpty();
    assertThat(deployment.logs()).containsExactly(directory + "/logs/scripts.log");
  }

  @Test
  void name_the_logs_of_all_deployments_each_before_its_older_ones() throws Exception {
    Path logs = Files.createDirectories(fixture.root.resolve("deployment-logs"));
    for (String name : List.of("x-deployments.log.0", "x-deployments.log")) {
      Files.createFile(logs.resolve(name));
    }

    assertThat(records.status().logs())
        .containsExactly(logs + "/x-deployments.log", logs + "/x-deployments.log.0");
  }

  @Test
  void say_that_an_install_failed_half_way_and_what_repairs_it() throws Exception {
    String owner =
        "permissions:\n  - object: '{host}/srv/a'\n    owner: nosuchuser\n    type: [file]\n";
    fixture.deploy("d-1", fixture.bundle("good", WEB).file("web/a", "1"));
    fixture.deploy("d-2", fixture.bundle("bad", WEB + owner).file("web/a", "2").file("web/b", "2"));

    HostStatus.Group group = only(records.status());

    assertThat(Objects.requireNonNull(group.lastInstalled()).id()).isEqualTo("d-1");
    assertThat(Objects.requireNonNull(group.lastDownloaded()).id()).isEqualTo("d-2");
    assertThat(group.install())
        .isEqualTo(new HostStatus.Install(HostStatus.State.UNFINISHED, 3, 0, null));
    assertThat(group.install().remedy())
        .isEqualTo(
            "An install was cut off or failed half way. The next deployment of the group, or a"
                + " rollback, removes what it has created and installs all of its own.");
    assertThat(fixture.deploy("d-3", fixture.bundle("good", WEB).file("web/a", "1")))
        .isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(only(records.status()).install().state()).isEqualTo(HostStatus.State.COMPLETE);
  }

  @Test
  void count_what_is_gone_of_what_was_installed() throws Exception {
    fixture.deploy("d-1", fixture.bundle("b", WEB).file("web/a", "1").file("web/b", "1"));
    Files.delete(fixture.host.resolve("srv/a"));

    HostStatus.Install install = only(records.status()).install();

    assertThat(install).isEqualTo(new HostStatus.Install(HostStatus.State.COMPLETE, 3, 1, null));
    assertThat(install.remedy()).startsWith("What is gone was removed by hand or by an install");
  }

  @Test
  void notice_that_the_old_files_were_removed_and_nothing_came_after_them() throws Exception {
    fixture.deploy("d-1", fixture.bundle("b", WEB).file("web/a", "1"));
    Files.delete(fixture.root.resolve("deployment-instructions/g-cleanup"));

    assertThat(only(records.status()).install().state()).isEqualTo(HostStatus.State.REMOVED);
  }

  @Test
  void say_why_no_deployment_can_install() throws Exception {
    fixture.deploy("d-1", fixture.bundle("b", WEB).file("web/a", "1"));
    Files.setPosixFilePermissions(
        fixture.root.resolve("deployment-instructions/g-cleanup"),
        PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(only(records.status()).install().remedy())
        .startsWith("No deployment of the group can install: ")
        .contains("g-cleanup is not trusted");
  }

  @Test
  void tell_a_command_that_was_cut_off_from_one_that_runs() throws Exception {
    HostFixture.Bundle bundle =
        fixture
            .bundle("b", "hooks:\n  AfterInstall:\n    - location: a.sh\n")
            .script("a.sh", "echo here");
    fixture.run(
        HostFixture.command("DownloadBundle", "d-1", bundle).withKey("d/h/DownloadBundle/1"));
    Files.createDirectories(fixture.root.resolve("g/d-1/tickets/d+h+BeforeInstall+1"));
    List<HostStatus> whileItRan = new ArrayList<>();

    assertThat(commands(records.status())).containsExactly("BeforeInstall false");

    fixture.executor.run(
        HostFixture.command("AfterInstall", "d-1", bundle).withKey("d/h/AfterInstall/1"),
        text -> {
          if (text.startsWith("[stdout]")) {
            whileItRan.add(status());
          }
        });
    assertThat(whileItRan).hasSize(1);
    assertThat(commands(whileItRan.get(0))).contains("AfterInstall true");
    assertThat(commands(records.status())).containsExactly("BeforeInstall false");
  }

  private HostStatus status() {
    try {
      return records.status();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> commands(HostStatus status) {
    return only(status).deployments().get(0).commands().stream()
        .map(command -> command.name() + " " + command.running())
        .sorted()
        .toList();
  }

  @Test
  void read_a_root_that_the_agent_of_aws_has_written() throws Exception {
    Path root = fixture.root;
    Files.createDirectories(root.resolve("7c1f/d-ABCDEF123/deployment-archive"));
    Files.createDirectories(root.resolve("7c1f/d-ABCDEF123/logs"));
    Files.createFile(root.resolve("7c1f/d-ABCDEF123/logs/scripts.log"));
    Files.createDirectories(root.resolve("deployment-logs"));
    Files.createDirectories(root.resolve("ongoing-deployment"));
    Path instructions = Files.createDirectories(root.resolve("deployment-instructions"));
    Files.writeString(instructions.resolve("7c1f-install.json"), "{\"instructions\":[]}");
    Files.writeString(instructions.resolve("7c1f-cleanup"), fixture.host + "\n");
    Files.writeString(instructions.resolve("7c1f_most_recent_install"), root + "/7c1f/d-ABCDEF123");
    Files.writeString(instructions.resolve("7c1f_last_successful_install"), root + "/7c1f/d-OLD");
    Files.setLastModifiedTime(
        instructions.resolve("7c1f_last_successful_install"), FileTime.from(Instant.EPOCH));
    String identifier =
        "[\"com.amazon.apollo.deploycontrol.domain.HostCommandIdentifier\",{\"deploymentId\":"
            + "\"CodeDeploy/us-east-1/Prod/d-ABCDEF123\",\"commandName\":\"Install\"}]";
    Files.writeString(
        root.resolve("ongoing-deployment/d-ABCDEF123"),
        Base64.getEncoder().encodeToString(identifier.getBytes(StandardCharsets.UTF_8)));

    HostStatus.Group group = only(records.status());

    assertThat(group.id()).isEqualTo("7c1f");
    assertThat(group.lastInstalled())
        .isEqualTo(new HostStatus.Remembered(root + "/7c1f/d-OLD", false));
    assertThat(group.install().state()).isEqualTo(HostStatus.State.UNFINISHED);
    assertThat(commands(records.status())).containsExactly("Install false");
  }

  @Test
  void see_whether_the_process_of_a_push_still_runs() throws Exception {
    Path tickets = Files.createDirectories(fixture.root.resolve("g/d-1/tickets"));
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String birth = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    String self = ProcessHandle.current().pid() + " ";
    Files.createDirectory(tickets.resolve("inbox.12"));
    Files.createDirectory(tickets.resolve("link.12"));
    Files.createDirectory(tickets.resolve("ValidateService-1"));
    Files.writeString(ticket(tickets, "ApplicationStart-1"), self + birth + " boot\n");
    Files.writeString(ticket(tickets, "AfterInstall-1"), self + "1 boot\n");
    ticket(tickets, "Install-1");
    Files.writeString(tickets.resolve("Install-1/status"), "done 0 0\n");

    assertThat(commands(records.status()))
        .containsExactly("AfterInstall false", "ApplicationStart true");
  }

  private static Path ticket(Path tickets, String name) throws IOException {
    return Files.createDirectory(tickets.resolve(name)).resolve("process");
  }

  @Test
  void can_forget_the_last_install_but_not_its_files() throws Exception {
    fixture.deploy(
        "d-1", fixture.bundle("old", WEB + STOP).file("web/a", "1").script("stop.sh", "exit 1"));
    HostFixture.Bundle fresh = fixture.bundle("new", WEB).file("web/b", "2");
    assertThat(fixture.deploy("d-2", fresh).message()).endsWith("failed with exit code 1");

    assertThat(records.forgetLastInstall("g")).isTrue();
    assertThat(records.forgetLastInstall("g")).isFalse();

    assertThat(fixture.deploy("d-3", fresh)).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(fixture.host.resolve("srv").toFile().list()).containsExactly("b");
  }

  @Test
  void can_give_what_one_group_has_installed_to_another() throws Exception {
    HostFixture.Bundle ours = fixture.bundle("ours", WEB).file("web/sub/b", "2");
    fixture.deploy(
        "old",
        "d-1",
        fixture.bundle("theirs", WEB + STOP).file("web/sub/a", "1").script("stop.sh", "echo old"));
    fixture.deploy("other", "d-2", fixture.bundle("c", WEB).file("web/sub/c", "3"));

    assertThat(records.adopt("g", "old")).isEqualTo(3);
    assertThat(records.adopt("g", "other")).isEqualTo(1);
    assertThat(records.adopt("g", "old")).isZero();

    HostStatus.Group group = records.status().groups().get(0);
    assertThat(group.id()).isEqualTo("g");
    assertThat(group.install())
        .isEqualTo(new HostStatus.Install(HostStatus.State.COMPLETE, 4, 0, null));
    assertThat(records.status().groups().get(1).install().state()).isEqualTo(HostStatus.State.NONE);
    assertThat(fixture.deploy("g", "d-3", ours)).isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(fixture.output()).contains("[stdout]old\n");
    assertThat(fixture.host.resolve("srv/sub").toFile().list()).containsExactly("b");
    assertThat(fixture.deploy("g", "d-4", fixture.bundle("empty", "files: []\n")))
        .isEqualTo(Diagnostics.SUCCEEDED);
    assertThat(fixture.host).isEmptyDirectory();
  }

  @Test
  void refuse_to_let_a_group_adopt_itself() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HostRecords(new Layout(fixture.root.toString())).adopt("g", "g"));
  }

  private static HostStatus.Group only(HostStatus status) {
    assertThat(status.groups()).hasSize(1);
    return status.groups().get(0);
  }
}
