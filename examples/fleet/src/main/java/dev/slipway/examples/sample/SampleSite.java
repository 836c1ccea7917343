package dev.slipway.examples.sample;

import dev.slipway.examples.fleet.Fleet;
import dev.slipway.examples.fleet.FleetHost;
import dev.slipway.examples.fleet.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The sample application's place on one host: its settings, its answer, its process.
 *
 * @param hostRoot directory that is the host's root
 * @param address where the service listens
 * @param port where the service listens
 */
public record SampleSite(Path hostRoot, String address, int port) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Gives each host of a fleet a place where its service can listen, and writes it down there.
   *
   * @return a site for each host, in the fleet's order
   */
  public static List<SampleSite> on(Fleet fleet) throws IOException {
    List<FleetHost> hosts = fleet.hosts();
    List<Integer> ports = Ports.free(hosts.size());
    List<SampleSite> sites = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      FleetHost host = hosts.get(i);
      SampleSite site = new SampleSite(host.root(), host.address(), ports.get(i));
      site.configure();
      sites.add(site);
    }
    return List.copyOf(sites);
  }

  /** Writes down where the service of this host listens. */
  public void configure() throws IOException {
    Path etc = Files.createDirectories(hostRoot.resolve("etc"));
    Files.writeString(
        etc.resolve("sample-web.conf"), "ADDRESS=" + address + "\nPORT=" + port + "\n");
  }

  /** Makes ValidateService fail here for these versions, and for no other. */
  public void refuse(String... versions) throws IOException {
    Files.write(hostRoot.resolve("etc/sample-web.refuses"), List.of(versions));
  }

  /** Asks the service for its version; empty when nothing answers. Blocks for 5 s at most. */
  public Optional<String> versionInService() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + ":" + port + "/VERSION"))
            .timeout(PATIENCE)
            .build();
    HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    return answer
        .thenApply(response -> Optional.of(response.body().strip()))
        .exceptionally(failure -> Optional.empty())
        .join();
  }

  /**
   * Ends the services' processes: those that the start scripts wrote down, and no others. All are
   * told before any is waited for, because a process without a parent is there until init has
   * looked, which may take seconds.
   */
  public static void stop(List<SampleSite> sites) throws IOException {
    List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
    for (SampleSite site : sites) {
      site.process().map(SampleSite::end).ifPresent(ends::add);
      Files.deleteIfExists(site.pidFile());
    }
    ends.forEach(CompletableFuture::join);
  }

  private Path pidFile() {
    return hostRoot.resolve("var/lib/sample-web/pid");
  }

  private Optional<ProcessHandle> process() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    return Files.readAllLines(pidFile()).stream()
        .findFirst()
        .flatMap(id -> ProcessHandle.of(Long.parseLong(id)))
        .filter(this::isService);
  }

  /** An id alone may belong to another process by now. */
  private boolean isService(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of()).stream()
        .anyMatch(argument -> argument.startsWith(hostRoot.toString()));
  }

  private static CompletableFuture<ProcessHandle> end(ProcessHandle process) {
    process.destroy();
    return process
        .onExit()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(
            late -> {
              process.destroyForcibly();
              return process;
            });
  }
}
