package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.failure.AppSpecException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppSpecErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0e0|0e0",
        "1.0|1.0",
        "0.1|0.1",
        "0.0.0|0.0.0",
        "\"0.0\"|0.0",
        "false|false",
        "~|''",
        "[0.0]|[0.0]",
        "{a: 'b'}|{\"a\"=>\"b\"}",
      })
  void no_versions(String version, String shown) {
    assertThat(AppSpecs.failure("version: " + version + "\nos: linux\n"))
        .hasMessage(
            "The deployment failed because an invalid version value ("
                + shown
                + ") was entered in the application specification file. Make sure your AppSpec file"
                + " specifies \"0.0\" as the version, and then try again.");
  }

  @Test
  void a_quoted_version_gets_a_hint() {
    assertThat(AppSpecs.failure("version: '0.0'\nos: linux\n").hint())
        .isEqualTo("Write 0.0 without quotes.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Linux|Linux",
        "windows|windows",
        "'linux '|`linux `",
        "[linux]|[\"linux\"]",
        "on|true",
        ":linux|linux",
        "~|``",
      })
  void no_operating_systems(String os, String shown) {
    assertThat(AppSpecs.failure("version: 0.0\nos: " + os + "\n"))
        .hasMessageContaining("specifies an unsupported operating system (" + shown + ").");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "~", "false", "no", "--- null\n...\n"})
  void empty_files(String text) {
    assertThat(AppSpecs.failure(text))
        .hasMessageContaining("the application specification file was empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0755|(493) in the application specification file contains an invalid character (9)",
        "00755|(493)",
        "0600|(384)",
        "0700|(448)",
        "888|invalid character (8)",
        "u+x|character (u)",
        "-1|(0-1)",
        "64.4|character (.)",
        "0o755|the length of a permissions mode (0o755)",
        "77777|the length of a permissions mode (77777)",
      })
  void no_modes(String mode, String message) {
    assertThat(
            AppSpecs.failure(
                AppSpecs.HEAD + "permissions:\n  - object: /a\n    mode: " + mode + "\n"))
        .hasMessageContaining(message);
  }

  @Test
  void an_error_has_its_place() {
    AppSpecException e =
        AppSpecs.failure(
            """
            version: 0.0
            os: linux
            hooks:
              ApplicationStart:
                - location: start.sh
                  timeout: soon
            """);

    assertThat(e.line()).isEqualTo(6);
    assertThat(e.column()).isEqualTo(16);
    assertThat(e.key()).isEqualTo("hooks.ApplicationStart[0].timeout");
    assertThat(e.value()).isEqualTo("soon");
    assertThat(e.describe())
        .isEqualTo(
            "appspec.yml:6:16: hooks.ApplicationStart[0].timeout: The deployment failed because an"
                + " invalid timeout value was provided for a script in the application"
                + " specification file. Make corrections in the hooks section of the AppSpec file,"
                + " and then try again. Found: soon Write a whole number of seconds, 1 or more.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hooks: []|hooks|must be a map from event names to lists of scripts, but is a list.",
        "hooks: ''|hooks|but is the text \"\".",
        "hooks: {AfterInstall: a.sh}|hooks.AfterInstall|must be a list of scripts, but is the text",
        "hooks: {AfterInstall: {location: a}}|hooks.AfterInstall|but is a map.",
        "hooks: {AfterInstall: [a.sh]}|hooks.AfterInstall[0]|must be a map with a location",
        "hooks: {AfterInstall: [{}]}|hooks.AfterInstall[0].location|no location value",
        "hooks: {AfterInstall: [{location: }]}|hooks.AfterInstall[0].location|no location value",
        "hooks: {AfterInstall: [{location: ' '}]}|hooks.AfterInstall[0].location|no location",
        "files: foo|files|must be a list of maps with source and destination",
        "files: {source: a}|files|but is a map.",
        "files: [a]|files[0]|specifies a destination file, but no source file",
        "files: [5]|files[0]|must be a map with source and destination, but is the number 5.",
        "files: [{destination: /a}]|files[0].source|but no source file",
        "files: [{source: a}]|files[0].destination|specifies only a source file (a).",
        "files: [{source: a, destination: /b, exclude: x}]|files[0].exclude|must be a list of"
            + " globs",
        "hooks: {AfterInstall: [{location: a, args: -v}]}|hooks.AfterInstall[0].args|must be a list"
            + " of texts, one for each argument, but is the text \"-v\".",
        "hooks: {AfterInstall: [{location: a, args: [[x]]}]}|hooks.AfterInstall[0].args[0]|must be"
            + " a text, but is a list.",
        "hooks: {AfterInstall: [{location: a, args: [~]}]}|hooks.AfterInstall[0].args[0]|must be"
            + " a text, but is nothing.",
        "hooks: {AfterInstall: [{location: a, args: [\"\\0\"]}]}|hooks.AfterInstall[0].args[0]|a"
            + " zero byte",
        "hooks: {AfterInstall: [{location: a, environment:"
            + " [A=b]}]}|hooks.AfterInstall[0].environment|must be a map from names to values",
        "hooks: {AfterInstall: [{location: a, environment: {A-B:"
            + " c}}]}|hooks.AfterInstall[0].environment.A-B|must be letters, digits and _",
        "hooks: {AfterInstall: [{location: a, environment: {on:"
            + " c}}]}|hooks.AfterInstall[0].environment|must be a text, but is the truth value"
            + " true.",
        "permissions: foo|permissions|must be a list of maps with an object",
        "permissions: [a]|permissions[0]|must be a map with an object",
        "permissions: [{mode: 1}]|permissions[0].object|has no object value",
        "permissions: [{object: ''}]|permissions[0].object|has no object value",
        "permissions: [{object: /a, type: file}]|permissions[0].type|must be a list of file",
        "permissions: [{object: /a, type: [link]}]|permissions[0].type|not supported for"
            + " permissions (link).",
        "permissions: [{object: /a, except: x}]|permissions[0].except|must be a list of patterns",
        "permissions: [{object: /a, acls: 'u:bob:rw'}]|permissions[0].acls|must be a list of"
            + " entries",
        "permissions: [{object: /a, acls: [bob]}]|permissions[0].acls[0]|Invalid acl entry (bob).",
        "permissions: [{object: /a, context: t}]|permissions[0].context|must be a map with a type",
        "permissions: [{object: /a, context: {user: u}}]|permissions[0].context.type|an invalid"
            + " context type ({\"user\"=>\"u\"}).",
        "permissions: [{object: /a, context: {type: t, range:"
            + " x}}]|permissions[0].context.range|invalid sensitivity x",
        "file_exists_behavior: overwrite|file_exists_behavior|invalid file_exists_behavior value"
            + " (overwrite)",
        "file_exists_behavior: ''|file_exists_behavior|invalid file_exists_behavior value ()",
        "released: 2024-01-02|released|is a date",
        "x: !ruby/object:Object {}|x|the tag !ruby/object:Object is not allowed",
      })
  void errors_name_the_key(String text, String key, String message) {
    AppSpecException e = AppSpecs.failure(AppSpecs.HEAD + text + "\n");

    assertThat(e.key()).isEqualTo(key);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.line()).isEqualTo(3);
  }

  @Test
  void the_first_error_is_the_one_that_the_agent_meets_first() {
    String file = "permissions: 5\nfiles: 5\nhooks: 5\nos: x\nversion: 1\n";

    assertThat(AppSpecs.failure(file).key()).isEqualTo("version");
    assertThat(AppSpecs.failure(file.replace("n: 1", "n: 0")).key()).isEqualTo("os");
    assertThat(AppSpecs.failure("file_exists_behavior: x\n" + AppSpecs.HEAD + "files: x").key())
        .isEqualTo("files");
  }

  @Test
  void what_only_the_install_stumbles_over_lets_hooks_run() {
    ParsedAppSpec parsed =
        AppSpecParser.linux()
            .parse(
                "appspec.yml",
                AppSpecs.bytes(AppSpecs.HEAD + "files: [{source: 5, destination: /a}]\n"));

    assertThat(parsed.appSpec().files()).hasSize(1);
    AppSpecException e =
        Assertions.catchThrowableOfType(AppSpecException.class, parsed::forInstall);
    assertThat(e.key()).isEqualTo("files[0].source");
  }

  @Test
  void a_tab_and_a_bad_byte_are_named_with_their_place() {
    assertThat(AppSpecs.failure("version: 0.0\n\tos: linux\n").describe())
        .isEqualTo(
            "appspec.yml:2:1: The deployment failed because of a YAML parsing error: a tab stands"
                + " where YAML allows blanks only. Indent with blanks.");
    assertThat(AppSpecs.failure(new byte[] {'a', ':', '\n', ' ', (byte) 0xe9, ' '}).describe())
        .isEqualTo(
            "appspec.yml:2:2: The deployment failed because of a YAML parsing error: byte e9 is no"
                + " UTF-8. Save the file as UTF-8.");
    assertThat(AppSpecs.failure("a: \"x\0y\"\n").describe())
        .isEqualTo(
            "appspec.yml:1:6: The deployment failed because of a YAML parsing error: the character"
                + " U+0000 is not allowed in YAML.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files:\n\t- source: a\n",
        "files:\n-\tsource: a\n",
        "\tfiles: []\n",
        "files:\n  \t- a\n",
        "? \ta\n: b\n",
        "x: '\n\t- \"\n",
      })
  void a_tab_is_no_indentation(String text) {
    assertThat(AppSpecs.failure(AppSpecs.HEAD + text)).hasMessageContaining("YAML parsing error");
  }
}
