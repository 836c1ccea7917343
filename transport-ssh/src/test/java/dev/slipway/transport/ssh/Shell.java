package dev.slipway.transport.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The shells that a host may have. */
enum Shell {
  SH("sh"),
  DASH("dash"),
  BASH("bash"),
  /** With nothing on the path but what busybox itself brings. */
  BUSYBOX("busybox");

  private final String program;

  Shell(String program) {
    this.program = program;
  }

  boolean isInstalled() {
    return find(program).isPresent();
  }

  static Optional<Path> find(String program) {
    for (String directory : searchPath().split(":", -1)) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  static String searchPath() {
    String path = System.getenv("PATH");
    return path == null ? "/usr/bin:/bin" : path;
  }

  /**
   * Returns the search path of a host with this shell, whose programs may have to be put into a
   * directory first.
   */
  String path(Path directory) {
    if (this != BUSYBOX) {
      return searchPath();
    }
    try {
      Files.createDirectories(directory);
      if (Files.notExists(directory.resolve("sh"))) {
        Path busybox = directory.resolve("busybox");
        Files.copy(find("busybox").orElseThrow(), busybox);
        Process list = new ProcessBuilder(busybox.toString(), "--list").start();
        for (String applet :
            new String(list.getInputStream().readAllBytes(), UTF_8).split("\n", -1)) {
          if (!applet.isBlank() && !applet.equals("busybox")) {
            Files.createSymbolicLink(directory.resolve(applet), busybox);
          }
        }
        list.waitFor(10, TimeUnit.SECONDS);
      }
      return directory.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> command(Path directory, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(
        this == BUSYBOX
            ? directory.resolve("sh").toString()
            : find(program).orElseThrow().toString());
    command.addAll(arguments);
    return command;
  }
}
