package dev.slipway.examples.demo;

import dev.slipway.examples.fleet.SshFleet;
import dev.slipway.examples.sample.SampleSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the story plays on: a directory with a fleet and its services. Also when somebody interrupts
 * the process nothing of it stays.
 *
 * <p>Thread-safe.
 */
final class DemoStage implements AutoCloseable {

  private final Path directory;
  private final boolean isKept;
  private final SshFleet fleet;
  private final List<SampleSite> sites;
  private final Thread curtain = new Thread(this::fall, "slipway-demo-curtain");
  private boolean isClosed;

  private DemoStage(Path directory, boolean isKept, SshFleet fleet, List<SampleSite> sites) {
    this.directory = directory;
    this.isKept = isKept;
    this.fleet = fleet;
    this.sites = sites;
  }

  /**
   * Builds a stage.
   *
   * @param isKept whether its directory outlives it
   */
  static DemoStage build(int hosts, boolean isKept) throws IOException {
    Path directory = Files.createTempDirectory("slipway-demo-");
    SshFleet fleet = SshFleet.start(directory, hosts);
    DemoStage stage = new DemoStage(directory, isKept, fleet, SampleSite.on(fleet));
    Runtime.getRuntime().addShutdownHook(stage.curtain);
    return stage;
  }

  Path directory() {
    return directory;
  }

  SshFleet fleet() {
    return fleet;
  }

  List<SampleSite> sites() {
    return sites;
  }

  /** Ends the servers, what they run and the services; a second call does nothing. */
  @Override
  public void close() throws IOException {
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(curtain);
    } catch (IllegalStateException interrupted) {
      // The process is ending, and has called the curtain itself.
    }
  }

  private void fall() {
    try {
      clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void clear() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    // The servers first: a script that still ran could start a service that was just stopped.
    fleet.close();
    SampleSite.stop(sites);
    if (!isKept) {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
