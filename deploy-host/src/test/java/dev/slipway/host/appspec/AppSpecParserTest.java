package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.AppSpec;
import dev.slipway.appspec.FileExistsBehavior;
import dev.slipway.appspec.FileMapping;
import dev.slipway.appspec.HookScript;
import dev.slipway.appspec.ObjectType;
import dev.slipway.appspec.OperatingSystem;
import dev.slipway.appspec.Permission;
import dev.slipway.appspec.SelinuxContext;
import dev.slipway.failure.AppSpecException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppSpecParserTest {

  @Test
  void every_key_is_read() {
    AppSpec appSpec =
        AppSpecs.read(
            """
            file_exists_behavior: OVERWRITE
            files:
              - source: app
                destination: /opt/app
            hooks:
              ApplicationStop:
                - location: ' stop.sh '
                  timeout: 30
                  runas: deploy
                  sudo: true
                - location: more.sh
              AfterInstall: []
              BeforeInstall:
            permissions:
              - object: /opt/app
                pattern: '*.sh'
                except: [a.sh]
                type: [file]
                owner: root
                group: www
                mode: 4755
                acls: ['u:bob:rw']
                context: {user: system_u, type: bin_t, range: 's0:c1,c2'}
            """);

    Assertions.assertThat(appSpec)
        .isEqualTo(
            new AppSpec(
                OperatingSystem.LINUX,
                List.of(new FileMapping("app", "/opt/app")),
                Map.of(
                    "ApplicationStop",
                    List.of(
                        new HookScript("stop.sh", Duration.ofSeconds(30), "deploy", true),
                        new HookScript("more.sh", Duration.ofHours(1), null, false)),
                    "AfterInstall",
                    List.of()),
                List.of(
                    new Permission(
                        "/opt/app",
                        "*.sh",
                        List.of("a.sh"),
                        Set.of(ObjectType.FILE),
                        "root",
                        "www",
                        "4755",
                        appSpec.permissions().get(0).acls(),
                        new SelinuxContext("system_u", "bin_t", "s0:c1.c2"))),
                FileExistsBehavior.OVERWRITE));
    assertThat(appSpec.permissions().get(0).acls().toString()).isEqualTo("[user:bob:rw-]");
  }

  @Test
  void own_keys_are_taken_as_written() {
    AppSpec appSpec =
        AppSpecs.read(
            AppSpecs.HEAD
                + """
                files:
                  - source: app
                    destination: /opt/app
                    exclude: ['*.log', 5]
                hooks:
                  AfterInstall:
                    - location: a.sh
                      args: [0644, yes, 1.0, '', "a b"]
                      environment: {MODE: 0644, DEBUG: off, EMPTY: ''}
                """);

    assertThat(appSpec.files())
        .containsExactly(new FileMapping("app", "/opt/app", List.of("*.log", "5")));
    HookScript script = appSpec.scriptsOf("AfterInstall").get(0);
    assertThat(script.arguments()).containsExactly("0644", "yes", "1.0", "", "a b");
    assertThat(script.environment()).isEqualTo(Map.of("MODE", "0644", "DEBUG", "off", "EMPTY", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0", "0", "00", "+0", "0_0", "0,0", "0.00", "-0.0", ".0", "0.", "0x0", "0.0e+0",
      })
  void versions(String version) {
    assertThat(AppSpecs.failure("version: " + version + "\nos: linux\n")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "10|10",
        "1.9|1",
        "'30'|30",
        "'30s'|30",
        "1h|1",
        "010|8",
        "1e3|1",
        "1_000|1000",
        "1,000|1000",
        "1:30|5400",
        "0x10|16",
        "3601|3601",
        "~|3600",
        "''|",
        "99999999999999|99999999999999",
        "1000000000000000000000|99999999999999",
        "' 12'|12",
        "' 7_5x'|75",
        "0|",
        "-1|",
        "foo|",
        "0.5|",
        "true|",
        ".inf|",
        "[1]|",
      })
  void timeouts(String timeout, String seconds) {
    String text = "hooks:\n  AfterInstall:\n    - location: a.sh\n      timeout: " + timeout + "\n";
    if (seconds == null) {
      assertThat(AppSpecs.failure(AppSpecs.HEAD + text).key())
          .isEqualTo("hooks.AfterInstall[0].timeout");
    } else {
      assertThat(AppSpecs.read(text).scriptsOf("AfterInstall").get(0).timeout().toSeconds())
          .isEqualTo(Long.parseLong(seconds));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "644|644",
        "0644|420",
        "'\"0644\"'|0644",
        "4755|4755",
        "5|005",
        "12|012",
        "'\"\"'|000",
        "0777|511",
        "0x1ff|511",
        "6_44|644",
      })
  void modes(String mode, String value) {
    AppSpec appSpec = AppSpecs.read("permissions:\n  - object: /a\n    mode: " + mode + "\n");

    assertThat(appSpec.permissions().get(0).mode()).isEqualTo(value);
  }

  @Test
  void modes_can_be_taken_as_written() {
    byte[] file = AppSpecs.bytes(AppSpecs.HEAD + "permissions:\n- object: /a\n  mode: 0755\n");

    AppSpec appSpec =
        AppSpecParser.linux().withModesAsWritten().parse("appspec.yml", file).appSpec();

    assertThat(appSpec.permissions().get(0).mode()).isEqualTo("0755");
  }

  @Test
  void of_equal_keys_the_last_one_counts() {
    assertThat(AppSpecs.read("files: []\nfiles: [{source: a, destination: /b}]\n").files())
        .containsExactly(new FileMapping("a", "/b"));
  }

  @Test
  void aliases_are_taken_and_merges_override_what_stands_before() {
    AppSpec appSpec =
        AppSpecs.read(
            """
            x-defaults: &x {destination: /a, source: s}
            files:
              - {source: t, <<: *x}
              - {<<: *x, source: t}
              - *x
            """);

    assertThat(appSpec.files())
        .containsExactly(
            new FileMapping("s", "/a"), new FileMapping("t", "/a"), new FileMapping("s", "/a"));
  }

  @Test
  void only_the_first_document_counts() {
    assertThat(AppSpecs.read("files: []\n---\nversion: 9\n").files()).isEmpty();
    assertThat(AppSpecs.read("files: []\n---\n\tbroken: [\n").files()).isEmpty();
  }

  @Test
  void a_byte_order_mark_and_carriage_returns_do_no_harm() {
    String file = "\uFEFF" + AppSpecs.HEAD.replace("\n", "\r\n");

    assertThat(AppSpecs.failure(file)).isNull();
  }

  @Test
  void json_is_yaml() {
    assertThat(AppSpecs.failure("{\"version\": 0.0, \"os\": \"linux\", \"files\": []}")).isNull();
  }

  @Test
  void a_hook_whose_name_is_a_truth_value_never_runs() {
    assertThat(AppSpecs.read("hooks:\n  on:\n    - location: a.sh\n").hooks()).isEmpty();
  }

  @Test
  void a_blank_account_counts_as_none() {
    AppSpec appSpec = AppSpecs.read("hooks: {AfterInstall: [{location: a.sh, runas: ' '}]}\n");

    assertThat(appSpec.scriptsOf("AfterInstall").get(0).runAs()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "yes,true", "false,false", "off,false", "~,false", "'''false''',true"})
  void sudo_is_whatever_is_not_false(String sudo, boolean expected) {
    AppSpec appSpec =
        AppSpecs.read("hooks: {AfterInstall: [{location: a.sh, sudo: " + sudo + "}]}\n");

    assertThat(appSpec.scriptsOf("AfterInstall").get(0).sudo()).isEqualTo(expected);
  }

  @Test
  void a_windows_host_takes_windows_only_and_no_permissions() {
    AppSpecParser windows = AppSpecParser.forHosts(OperatingSystem.WINDOWS);
    byte[] plain = AppSpecs.bytes("version: 0.0\nos: windows\n");
    byte[] permissions =
        AppSpecs.bytes("version: 0.0\nos: windows\npermissions:\n  - object: C:\\app\n");

    assertThat(windows.parse("appspec.yml", plain).appSpec().os())
        .isEqualTo(OperatingSystem.WINDOWS);
    Assertions.assertThatThrownBy(() -> windows.parse("appspec.yml", permissions))
        .isInstanceOf(AppSpecException.class)
        .hasMessageContaining("specifiles file permissions");
    Assertions.assertThatThrownBy(() -> windows.parse("appspec.yml", AppSpecs.bytes(AppSpecs.HEAD)))
        .hasMessageContaining("unsupported operating system (linux)");
  }

  @Test
  void a_long_json_file_may_be_indented_with_tabs() {
    String entry = "\t\t{\n\t\t\t\"source\": \"/a\",\n\t\t\t\"destination\": \"/b\"\n\t\t}";
    String json =
        "{\n\t\"version\": 0.0,\n\t\"os\": \"linux\",\n\t\"files\": [\n"
            + (entry + ",\n").repeat(2_000)
            + entry
            + "\n\t]\n}\n";

    AppSpec appSpec = AppSpecParser.linux().parse("appspec.yml", AppSpecs.bytes(json)).appSpec();

    assertThat(appSpec.files()).hasSize(2_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files:\n- source:\t /a\n  destination: \t/b\n",
        "files:\n- source: &x\t/a\n  destination: \"/b\"\t# c\n",
        "files: [\n\t{\n\t\tsource: /a,\t\n\t\tdestination:\t/b\n\t}\n\t]\n",
        "files: [{source: /a\t,\tdestination: /b}]\t\n",
      })
  void a_tab_is_a_blank_where_the_agent_takes_it_for_one(String text) {
    assertThat(AppSpecs.read(text).files()).containsExactly(new FileMapping("/a", "/b"));
  }
}
