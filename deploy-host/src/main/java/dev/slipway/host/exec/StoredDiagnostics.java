package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.deployment.LifecycleErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Diagnostics as a small file: the code's name and three texts, each a line in Base64. */
final class StoredDiagnostics {

  private StoredDiagnostics() {}

  static String text(Diagnostics diagnostics) {
    return String.join(
        "\n",
        diagnostics.errorCode().name(),
        encoded(diagnostics.scriptName()),
        encoded(diagnostics.message()),
        encoded(diagnostics.log()),
        "");
  }

  static Optional<Diagnostics> read(Path file) throws IOException {
    return TrustedFiles.read(file).map(StoredDiagnostics::parse);
  }

  private static Diagnostics parse(String text) {
    String[] lines = text.split("\n", -1);
    return new Diagnostics(
        LifecycleErrorCode.valueOf(lines[0]),
        decoded(lines[1]),
        decoded(lines[2]),
        decoded(lines[3]));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
