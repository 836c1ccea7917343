package dev.slipway.host.exec;

import dev.slipway.deployment.Diagnostics;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.plan.DeploymentGroup;
import dev.slipway.host.plan.HostChoice;
import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.HostPaths;
import dev.slipway.host.plan.Layout;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A host in a scratch directory, and bundles for it. */
final class HostFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final Path host;
  final Path root;
  final HostExecutor executor;
  final HostOptions options;
  private final Path bundles;
  private final List<String> output = new ArrayList<>();

  HostFixture(Path scratch, HostChoice... choices) throws IOException {
    this(scratch, new SystemElapsedTime(), choices);
  }

  HostFixture(Path scratch, ElapsedTime elapsed, HostChoice... choices) throws IOException {
    this(scratch, "", elapsed, choices);
  }

  /** Makes a host with a host root, which is not the directory that is called the host here. */
  HostFixture(Path scratch, String hostRoot) throws IOException {
    this(scratch, hostRoot, new SystemElapsedTime());
  }

  private HostFixture(Path scratch, String hostRoot, ElapsedTime elapsed, HostChoice... choices)
      throws IOException {
    host = Files.createDirectories(scratch.resolve("host"));
    bundles = Files.createDirectories(scratch.resolve("bundles"));
    root = scratch.resolve("root");
    options =
        new HostOptions(
                new Layout(root.toString()),
                new HostPaths(hostRoot, scratch.toString(), Map.of()),
                HookEnvironment.filtered(
                    Map.of("PATH", System.getenv("PATH"), "SECRET", "s3cret", "LANG", "C.UTF-8")),
                3,
                "",
                ZoneOffset.UTC)
            .with(choices);
    executor = new HostExecutor(options, InstantSource.fixed(NOW), elapsed);
  }

  /** Starts a bundle whose AppSpec has these lines after its head. */
  Bundle bundle(String name, String appSpec) throws IOException {
    Path directory = Files.createDirectories(bundles.resolve(name));
    Files.writeString(
        directory.resolve("appspec.yml"),
        "version: 0.0\nos: linux\n" + appSpec.replace("{host}", host.toString()));
    return new Bundle(directory);
  }

  /** A bundle that is being filled. */
  record Bundle(Path directory) {
    Bundle file(String path, String content) throws IOException {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    }

    Bundle script(String path, String content) throws IOException {
      file(path, "#!/bin/sh\n" + content + "\n");
      Files.setPosixFilePermissions(
          directory.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
      return this;
    }
  }

  static HostDeployment deployment(String id) {
    return deployment("g", id);
  }

  static HostDeployment deployment(String group, String id) {
    return HostDeployment.of(id, new DeploymentGroup("shop", "prod", group));
  }

  /** Runs all events until one fails, and returns how that ended. */
  Diagnostics deploy(String id, Bundle bundle) {
    return deploy("g", id, bundle);
  }

  /** Runs all events for a group until one fails, and returns how that ended. */
  Diagnostics deploy(String group, String id, Bundle bundle) {
    for (String event : LifecycleEvents.IN_PLACE) {
      Diagnostics end = run(command(event, deployment(group, id), bundle));
      if (!end.isSuccess()) {
        return end;
      }
    }
    return Diagnostics.SUCCEEDED;
  }

  static HostCommand command(String event, String id, Bundle bundle) {
    return command(event, deployment(id), bundle);
  }

  private static HostCommand command(String event, HostDeployment deployment, Bundle bundle) {
    return event.equals(LifecycleEvents.DOWNLOAD_BUNDLE)
        ? HostCommand.download(
            deployment,
            new LocalRevision(bundle.directory(), BundleType.DIRECTORY, IntakeOptions.SAFE))
        : HostCommand.event(event, deployment);
  }

  Diagnostics run(HostCommand command) {
    return executor.run(command, output::add).diagnostics();
  }

  /** Returns what scripts have written, as a listener hears it. */
  List<String> output() {
    return output;
  }

  String scriptLog(String id) throws IOException {
    return Files.readString(root.resolve("g").resolve(id).resolve("logs/scripts.log"));
  }

  /** Returns every path of the host with what is there. */
  static List<String> tree(Path top) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      List<String> lines = new ArrayList<>();
      for (Path path : paths.sorted().toList()) {
        lines.add(top.relativize(path) + " " + describe(path));
      }
      return lines;
    }
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    return mode + (Files.isRegularFile(path) ? " " + Files.readString(path) : "");
  }

  @Override
  public void close() {
    executor.close();
  }
}
