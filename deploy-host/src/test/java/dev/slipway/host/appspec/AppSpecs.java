package dev.slipway.host.appspec;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.appspec.AppSpec;
import dev.slipway.failure.AppSpecException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** AppSpecs for tests. */
final class AppSpecs {

  /** The two keys that every AppSpec has. */
  static final String HEAD = "version: 0.0\nos: linux\n";

  private AppSpecs() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the text behind the two keys. */
  static AppSpec read(String text) {
    return AppSpecParser.linux().parse("appspec.yml", bytes(HEAD + text)).appSpec();
  }

  /** Returns what a whole file fails with. */
  static AppSpecException failure(String file) {
    return failure(bytes(file));
  }

  static AppSpecException failure(byte[] file) {
    return catchThrowableOfType(
        AppSpecException.class, () -> AppSpecParser.linux().parse("appspec.yml", file));
  }

  /** Returns what a check says about the text behind the two keys, without the file's name. */
  static List<String> lint(String text) {
    return AppSpecParser.linux().lint("appspec.yml", bytes(HEAD + text)).stream()
        .map(finding -> finding.describe().substring("appspec.yml:".length()))
        .toList();
  }
}
