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
    Path content = content(directory.resolve("content"));
    noise(content.resolve("payload/noise"), bytes, bytes);
    return pack(content, directory.resolve("push.tgz"));
  }

  /**
   * Writes a bundle with many files.
   *
   * @param name of the bundle
   * @param files how many
   * @param bytes of each
   * @param others how many of them have another content than usual
   */
  static Path write(Path directory, String name, int files, int bytes, int others)
      throws IOException {
    Path content = content(directory.resolve(name));
    for (int file = 0; file < files; file++) {
      noise(content.resolve("payload/noise-" + file), bytes, file < others ? -1 - file : file);
    }
    return pack(content, directory.resolve(name + ".tgz"));
  }

  private static Path content(Path content) throws IOException {
    Files.createDirectories(content.resolve("scripts"));
    Files.createDirectories(content.resolve("payload"));
    Path hook = content.resolve("scripts/hook.sh");
    Files.write(hook, "#!/bin/sh\necho \"$LIFECYCLE_EVENT\"\n".getBytes(UTF_8));
    if (!hook.toFile().setExecutable(true)) {
      throw new IOException(hook + " cannot be made executable");
    }
    Files.writeString(content.resolve("appspec.yml"), APP_SPEC);
    return content;
  }

  private static void noise(Path file, int bytes, long seed) throws IOException {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    Files.write(file, noise);
  }

  private static Path pack(Path content, Path bundle) throws IOException {
    Programs.run("tar", "czf", bundle.toString(), "-C", content.toString(), ".");
    return bundle;
  }
}
