package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The bundle that is pushed: one file of noise, and a script for five lifecycle events. */
final class PushBundle {

  private static final String APP_SPEC =
      """
      version: 0.0
      os: linux
      files:
        - source: /payload
          destination: /srv/push
      permissions:
        - object: /srv/push
          pattern: "**"
          mode: 644
          type: [file]
      hooks:
        ApplicationStop:
          - location: scripts/hook.sh
        BeforeInstall:
          - location: scripts/hook.sh
        AfterInstall:
          - location: scripts/hook.sh
        ApplicationStart:
          - location: scripts/hook.sh
        ValidateService:
          - location: scripts/hook.sh
      """;

  private PushBundle() {}

  /** Writes the bundle of about so many bytes and returns it. */
  static Path write(Path directory, int bytes) throws IOException {
    Path content = Files.createDirectories(directory.resolve("content"));
    Files.createDirectories(content.resolve("scripts"));
    Files.createDirectories(content.resolve("payload"));
    Path hook = content.resolve("scripts/hook.sh");
    Files.write(hook, "#!/bin/sh\necho \"$LIFECYCLE_EVENT\"\n".getBytes(UTF_8));
    if (!hook.toFile().setExecutable(true)) {
      throw new IOException(hook + " cannot be made executable");
    }
    Files.writeString(content.resolve("appspec.yml"), APP_SPEC);
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    Files.write(content.resolve("payload/noise"), noise);
    Path bundle = directory.resolve("push.tgz");
    Programs.run("tar", "czf", bundle.toString(), "-C", content.toString(), ".");
    return bundle;
  }
}
