package dev.slipway.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A whole deployment of a small bundle in a warm JVM, beside its scripts run by themselves. */
final class LocalPart {

  private static final int FILES = 20;
  private static final int WARM_UP = 200;
  private static final int REPETITIONS = 51;

  private static final List<String> EVENTS =
      LifecycleEvents.IN_PLACE.stream().filter(LifecycleEvents::hasScripts).toList();

  private int number;

  private LocalPart() {}

  static void run(Path work) throws Exception {
    Path content = work.resolve("content");
    Path script = content.resolve("scripts/hook.sh");
    writeBundle(content, script, work.resolve("srv"));
    Path bundle = work.resolve("bundle.tgz");
    Programs.run("tar", "czf", bundle.toString(), "-C", content.toString(), ".");
    System.out.printf(
        "local: a tgz with %d files and a script for each of %d events, five of which run%n",
        FILES, EVENTS.size());
    LocalPart part = new LocalPart();
    try (ScratchHost host = new ScratchHost(work.resolve("root"))) {
      new Duel(
              new Duel.Side(
                  "whole deployment",
                  () -> {},
                  () ->
                      host.deploy(
                          ScratchHost.deployment("g", "d-" + ++part.number),
                          bundle,
                          BundleType.TGZ)),
              new Duel.Side("its scripts alone", () -> {}, () -> runScripts(script)))
          .run(WARM_UP, REPETITIONS);
    }
  }

  private static void writeBundle(Path content, Path script, Path destination) throws IOException {
    new GeneratedFiles(4).small(content.resolve("tree"), FILES);
    String hooks =
        EVENTS.stream()
            .map(event -> "  " + event + ":\n    - location: scripts/hook.sh\n")
            .collect(Collectors.joining());
    GeneratedFiles.appSpec(
        content,
        "files:\n  - source: tree\n    destination: " + destination + "\nhooks:\n" + hooks);
    Files.createDirectories(script.getParent());
    Files.write(script, "#!/bin/sh\necho \"$LIFECYCLE_EVENT\"\n".getBytes(US_ASCII));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
  }

  private static void runScripts(Path script) throws IOException {
    for (String event : EVENTS) {
      String output = Programs.run(script.toString());
      if (!output.equals("\n")) {
        throw new IOException(event + ": " + script + " printed " + output);
      }
    }
  }
}
