package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.host.appspec.AppSpecParser;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reading an AppSpec in a warm JVM, beside reading the same text with the bare YAML library. */
final class ParsePart {

  private static final int PER_RUN = 20_000;

  private static final String APP_SPEC =
      """
      version: 0.0
      os: linux
      files:
        - source: /web
          destination: /srv/shop
        - source: conf/shop.conf
          destination: /etc/shop
      permissions:
        - object: /srv/shop
          pattern: "**"
          mode: 644
          owner: www-data
          group: www-data
          type: [file]
      file_exists_behavior: OVERWRITE
      hooks:
        ApplicationStop:
          - location: scripts/stop.sh
            timeout: 60
            runas: root
        BeforeInstall:
          - location: scripts/prepare.sh
            timeout: 300
        AfterInstall:
          - location: scripts/configure.sh
            timeout: 300
        ApplicationStart:
          - location: scripts/start.sh
            timeout: 120
        ValidateService:
          - location: scripts/validate.sh
            timeout: 120
      """;

  private ParsePart() {}

  static void run(Path work) throws Exception {
    byte[] text = APP_SPEC.getBytes(UTF_8);
    AppSpecParser parser = AppSpecParser.linux();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    System.out.printf(
        "parse: an AppSpec of %d bytes with five scripts, %,d times%n", text.length, PER_RUN);
    new Duel(
            new Duel.Side(
                "AppSpecParser",
                () -> {},
                () -> {
                  for (int i = 0; i < PER_RUN; i++) {
                    parser.parse("appspec.yml", text).appSpec();
                  }
                }),
            new Duel.Side(
                "SnakeYAML alone",
                () -> {},
                () -> {
                  for (int i = 0; i < PER_RUN; i++) {
                    Object read = yaml.load(APP_SPEC);
                    if (read == null) {
                      throw new IllegalStateException("nothing was read below " + work);
                    }
                  }
                }))
        .run(2, 7);
  }
}
