package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.appspec.OperatingSystem;
import dev.slipway.host.appspec.Finding.Severity;
import dev.slipway.host.bundle.BundleEntry;
import dev.slipway.host.bundle.BundleIndex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LintTest {

  private static final String FILES = "files: [{source: a, destination: /opt/app}]\n";

  @Test
  void a_sound_file_leaves_nothing_to_say() {
    assertThat(
            AppSpecs.lint(
                FILES
                    + """
                    x-notes: none
                    hooks:
                      AfterInstall: [{location: bin/a.sh, timeout: 60, runas: deploy, sudo: true}]
                    permissions:
                      - {object: /opt/app, mode: 750, owner: root, except: [b], type: [file]}
                      - {object: /opt/app, mode: 755, type: [directory], acls: ['d:u:bob:rx']}
                    """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hook: {}|warning: hook: This key has no effect. Did you mean hooks?",
        "Hooks: {}|Did you mean hooks?",
        "\\  AfterInstall: []|Lifecycle events stand below hooks",
        "Resources: []|ECS and Lambda",
        "unrelated: 1|warning: unrelated: This key has no effect.",
        "on: 1|warning: true: YAML reads this key as true",
        "os: linux|warning: os: This key stands in line 2 too.",
        "hooks: {AfterInstal: [{location: a}]}|never run unless somebody asks for it by name. Did"
            + " you mean AfterInstall?",
        "hooks: {afterInstall: [{location: a}]}|Did you mean AfterInstall?",
        "hooks: {Deploy: [{location: a}]}|Its events are BeforeBlockTraffic, AfterBlockTraffic,",
        "hooks: {Install: [{location: a}]}|runs no scripts at Install, so these never run. Use"
            + " BeforeInstall or AfterInstall.",
        "hooks: {BlockTraffic: [{location: a}]}|Use BeforeBlockTraffic or AfterBlockTraffic.",
        "hooks: {End: [{location: a}]}|The events with scripts are",
        "hooks: {AfterAllowTestTraffic: [{location: a}]}|Only ECS deployments",
        "hooks: {yes: [{location: a}]}|YAML reads this key as true and not as text, so these"
            + " scripts never run.",
        "hooks: {AfterInstall: [{location: a, user: x}]}|AfterInstall[0].user: This key has no"
            + " effect. Write runas.",
        "hooks: {AfterInstall: [{location: a, timeOut: 5}]}|Did you mean timeout?",
        "hooks: {AfterInstall: [{location: a, timeout: 1h}]}|It is read as 1 seconds.",
        "hooks: {AfterInstall: [{location: a, timeout: 010}]}|It is read as 8 seconds.",
        "hooks: {AfterInstall: [{location: a, timeout: 4000}]}|after 3600 seconds, while the script"
            + " goes on.",
        "hooks: {AfterInstall: [{location: a, timeout: 2000}, {location: b, timeout:"
            + " 2000}]}|warning: hooks.AfterInstall: The timeouts of these scripts come to 4000"
            + " seconds",
        "hooks: {AfterInstall: [{location: a}, {location: b}]}|note: hooks.AfterInstall: The"
            + " timeouts of these scripts come to 7200 seconds",
        "hooks: {AfterInstall: [{location: a, runas: ''}]}|A blank runas counts as none",
        "hooks: {AfterInstall: [{location: a, sudo: 'no'}]}|Whatever is not false counts as true",
        "file_exists_behavior: RETAIN|note: file_exists_behavior: RETAIN keeps files that no",
        "hooks: {AfterInstall: [{location: a, args: [b]}]}|note: hooks.AfterInstall[0].args:"
            + " CodeDeploy's agent does not know this key.",
        "hooks: {AfterInstall: [{location: a, env: {A: b}}]}|Write environment.",
        "hooks: {AfterInstall: [{location: a, environment: {DEPLOYMENT_ID: b}}]}|error:"
            + " hooks.AfterInstall[0].environment.DEPLOYMENT_ID: The deployment sets this",
        "hooks: {AfterInstall: [{location: a, sudo: true, environment: {A: b}}]}|sudo hands on only"
            + " what",
        "files: [{source: a, destination: /b, exclude: [c]}]|note: files[0].exclude: CodeDeploy's"
            + " agent does not know this key",
        "hooks: {OnFailure: [{location: a}]}|note: hooks.OnFailure: CodeDeploy's agent does not"
            + " know this event.",
        "hooks: {AfterInstall: [{location: 5}]}|This is not text; it is taken as 5.",
        "hooks: {AfterInstall: [{location: ../a}]}|error: hooks.AfterInstall[0].location: It leads"
            + " out of the bundle",
        "hooks: {AfterInstall: [{location: a b}]}|splits it there",
        "hooks: {AfterInstall: [{location: a;b}]}|hands this to a shell",
        "hooks: {AfterInstall: [{location: /a}]}|note: hooks.AfterInstall[0].location: It is a path"
            + " in the bundle",
        "files: [{source: a, destination: /b, overwrite: yes}]|Write file_exists_behavior:"
            + " OVERWRITE at the top",
        "files: [{source: ../a, destination: /b}]|error: files[0].source: It leads out of the"
            + " bundle",
        "files: [{source: '*.txt', destination: /b}]|A source is no pattern",
        "files: [{source: a, destination: ~/b}]|A ~ is the home directory of an" + " account here",
        "files: [{source: a, destination: b}]|It is relative to the working directory",
        "files: [{source: a, destination: /$HOME}]|Variables are not expanded here",
        "files: [{source: a, destination: /../b}]|error: files[0].destination: It climbs above",
        "files: [{source: x/app.jar, destination: /b/app.jar}]|so the file becomes"
            + " /b/app.jar/app.jar.",
        "files: [{source: a, destination: /b}, {source: ./a, destination: /b/}]|error: files[1]:"
            + " The entry in line 3 installs the same",
        "permissions: [{object: /opt/app, mode: 0644}]|error: permissions[0].mode: YAML reads 0644"
            + " as another number, so the mode becomes 420.",
        "permissions: [{object: /opt/app, mode: 5}]|It becomes mode 005.",
        "permissions: [{object: /opt/app, mode: 4755, owner: root}]|setuid",
        "permissions: [{object: /opt/app}]|It sets nothing",
        "permissions: [{object: /opt/app, mode: 644, type: []}]|It applies to nothing at all.",
        "permissions: [{object: /srv, mode: 644}]|No entry of files installs anything there",
        "permissions: [{object: opt/app, mode: 644}]|Write an absolute path.",
        "permissions: [{object: /opt/app, mode: 644, pattern: a/b}]|It never matches: a pattern",
        "permissions: [{object: /opt/app, mode: 644, pattern: 'a?'}]|Only * is special",
        "permissions: [{object: /opt/app, mode: 644, except:"
            + " [/opt/app/a]}]|permissions[0].except[0]: It never matches",
        "permissions: [{object: /opt/app, owner: 0}]|a number is no id but a name too.",
        "permissions: [{object: /opt/app, acls: ['u:m:7']}]|It names an account \"mask\"",
        "permissions: [{object: /opt/app, acls: ['d:u:bob:7']}]|Write type: [directory].",
        "permissions: [{object: /opt/app, context: {user: u, type: t, range: s0}}]|ignores user and"
            + " reads name",
        "permissions: [{object: /opt/app, context: {type: t}}]|fails at Install when a context has"
            + " no range.",
        "permissions: [{object: /opt/app, context: {type: t, range: s0, role: r}}]|leaves the role"
            + " of a context alone",
        "permissions: [{object: /opt/app, mode: 644}, {object: /opt/app/x, mode: 600}]|It overlaps"
            + " with the permission in line 4",
      })
  void findings(String text, String finding) {
    String file = text.startsWith("files") ? text + "\n" : FILES + text + "\n";

    assertThat(AppSpecs.lint(file)).filteredOn(line -> line.contains(finding)).hasSize(1);
  }

  @Test
  void all_errors_are_found_in_one_go() {
    List<Finding> findings =
        AppSpecParser.linux()
            .lint(
                "appspec.yml",
                AppSpecs.bytes(
                    """
                    version: 1
                    hooks:
                      AfterInstall:
                        - timeout: 0
                        - location: a.sh
                          timeout: x
                    permissions:
                      - mode: 999
                      - object: /a
                        mode: 999
                        acls: [x]
                    """));

    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::key)
        .containsExactly(
            "os",
            "version",
            "hooks.AfterInstall[0].location",
            "hooks.AfterInstall[0].timeout",
            "hooks.AfterInstall[1].timeout",
            "permissions[0].object",
            "permissions[1].mode",
            "permissions[1].acls[0]");
  }

  @Test
  void a_file_that_is_no_yaml_is_a_finding_too() {
    assertThat(AppSpecs.lint("a: b: c\n"))
        .singleElement()
        .asString()
        .contains("3:5: error: ", "Put a value that holds a colon before a blank in quotes");
    assertThat(AppSpecs.lint("files: [{source: *.txt, destination: /a}]\n"))
        .singleElement()
        .asString()
        .contains("Put a value that starts with * or & in quotes.");
  }

  @Test
  void an_alias_and_a_merge_that_overrides_are_pointed_out() {
    assertThat(
            AppSpecs.lint("x-a: &a {source: s}\nfiles: [{source: t, <<: *a, destination: /d}]\n"))
        .anyMatch(line -> line.contains("*a is an alias."))
        .anyMatch(line -> line.contains("The << behind this key overrides it"));
  }

  @Test
  void what_the_whole_file_has_is_pointed_out() {
    byte[] file = AppSpecs.bytes("\uFEFF" + AppSpecs.HEAD + "---\na: 1\n");

    assertThat(AppSpecParser.linux().lint("x/appspec.yaml", file))
        .extracting(Finding::describe)
        .anyMatch(line -> line.startsWith("x/appspec.yaml: warning: The file starts with a byte"))
        .anyMatch(line -> line.contains("several YAML documents"))
        .anyMatch(line -> line.contains("Call it appspec.yml."));
  }

  @Test
  void a_deployment_gets_the_warnings_too() {
    ParsedAppSpec parsed =
        AppSpecParser.linux()
            .parse(
                "appspec.yml",
                AppSpecs.bytes(
                    AppSpecs.HEAD + FILES + "permissions: [{object: /opt/app, mode: 0644}]\n"));

    assertThat(parsed.findings())
        .singleElement()
        .matches(finding -> finding.severity() == Severity.WARNING)
        .matches(finding -> finding.key().equals("permissions[0].mode"));
  }

  @Test
  void a_check_without_a_host_takes_either_system() {
    AppSpecParser any = AppSpecParser.forAnyHost();
    byte[] windows =
        AppSpecs.bytes(
            "version: 0.0\nos: windows\nhooks: {AfterInstall: [{location: a.ps1, runas: x}]}\n");

    assertThat(any.lint("appspec.yml", AppSpecs.bytes(AppSpecs.HEAD))).isEmpty();
    assertThat(any.lint("appspec.yml", windows))
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo("It has no effect on Windows.");
    assertThat(any.parse("appspec.yml", windows).appSpec().os()).isEqualTo(OperatingSystem.WINDOWS);
  }

  @Test
  void scripts_and_sources_are_looked_up_in_the_bundle() {
    BundleIndex bundle =
        BundleIndex.of(
            List.of(
                BundleEntry.file("bin/good.sh", 0755, 10),
                BundleEntry.file("bin/plain.sh", 0644, 10),
                BundleEntry.file("bin/crlf.sh", 0755, 12),
                BundleEntry.symlink("bin/out", "/etc/passwd"),
                BundleEntry.symlink("bin/link.sh", "good.sh"),
                BundleEntry.symlink("bin/loop", "loop"),
                BundleEntry.file("app", 0644, 1)),
            Map.of("bin/crlf.sh", AppSpecs.bytes("#!/bin/sh\r\nx")));
    byte[] file =
        AppSpecs.bytes(
            AppSpecs.HEAD
                + """
                files:
                  - {source: app, destination: /srv/app}
                  - {source: gone, destination: /srv}
                  - {source: /, destination: /srv/all}
                hooks:
                  AfterInstall:
                    - {location: /bin/good.sh, timeout: 1}
                    - {location: bin/link.sh, timeout: 1}
                    - {location: bin/plain.sh, timeout: 1}
                    - {location: bin/crlf.sh, timeout: 1}
                    - {location: bin/none.sh, timeout: 1}
                    - {location: bin/out, timeout: 1}
                    - {location: bin/loop, timeout: 1}
                    - {location: bin, timeout: 1}
                """);

    assertThat(AppSpecParser.linux().lint("appspec.yml", file, bundle))
        .extracting(Finding::describe)
        .containsExactly(
            "appspec.yml:4:32: warning: files[0].destination: A destination is always a directory,"
                + " so the file becomes /srv/app/app. Drop the name.",
            "appspec.yml:5:14: error: files[1].source: The bundle has no file or directory at"
                + " gone.",
            "appspec.yml:11:18: note: hooks.AfterInstall[2].location: The script is not executable;"
                + " it is made so on the host before it runs.",
            "appspec.yml:12:18: warning: hooks.AfterInstall[3].location: The first line of the"
                + " script ends in CR LF, so the host looks for an interpreter with a CR in its"
                + " name. Save it with LF.",
            "appspec.yml:13:18: error: hooks.AfterInstall[4].location: The bundle has no script at"
                + " bin/none.sh.",
            "appspec.yml:14:18: error: hooks.AfterInstall[5].location: A link leads it out of the"
                + " bundle.",
            "appspec.yml:15:18: error: hooks.AfterInstall[6].location: It leads round in a circle"
                + " of links.",
            "appspec.yml:16:18: error: hooks.AfterInstall[7].location: This is a directory of the"
                + " bundle and no script.");
  }
}
