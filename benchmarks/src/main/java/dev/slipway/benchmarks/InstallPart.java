package dev.slipway.benchmarks;

import dev.slipway.host.plan.HostDeployment;
import dev.slipway.host.plan.LifecycleEvents;
import dev.slipway.revision.BundleType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ten thousand small files: installed, installed over an earlier revision, and all of it. */
final class InstallPart {

  private static final int FILES = 10_000;
  private static final int WARM_UP = 3;
  private static final int REPETITIONS = 9;

  private final ScratchHost host;
  private final Path work;
  private final Path tree;
  private final Path destination;
  private final Path copy;
  private int number;

  private InstallPart(Path work, ScratchHost host) {
    this.work = work;
    this.host = host;
    this.tree = work.resolve("bundle/tree");
    this.destination = work.resolve("srv");
    this.copy = work.resolve("copy");
  }

  static void run(Path work) throws Exception {
    try (ScratchHost host = new ScratchHost(work.resolve("root"))) {
      InstallPart part = new InstallPart(work, host);
      part.makeBundle();
      part.install();
      part.reinstall();
      part.redeploy();
    }
  }

  private void makeBundle() throws Exception {
    new GeneratedFiles(1).small(tree, FILES);
    GeneratedFiles.appSpec(
        work.resolve("bundle"), "files:\n  - source: tree\n    destination: " + destination + "\n");
    Programs.run("tar", "czf", bundle().toString(), "-C", work.resolve("bundle").toString(), ".");
  }

  private Path bundle() {
    return work.resolve("bundle.tgz");
  }

  private HostDeployment next() {
    return ScratchHost.deployment("g", "d-" + ++number);
  }

  private void copyAll() throws Exception {
    Programs.run("cp", "-a", tree.toString(), copy.toString());
  }

  private static void remove(Path tree) throws Exception {
    Programs.run("rm", "-rf", tree.toString());
  }

  private void install() throws Exception {
    System.out.printf("install: %,d files of up to 4,000 bytes to an empty place%n", FILES);
    HostDeployment[] unpacked = new HostDeployment[1];
    new Duel(
            new Duel.Side(
                "Install",
                () -> {
                  remove(destination);
                  host.clear();
                  unpacked[0] = next();
                  host.download(unpacked[0], bundle(), BundleType.TGZ);
                },
                () -> host.run(LifecycleEvents.INSTALL, unpacked[0])),
            new Duel.Side("cp -a", () -> remove(copy), this::copyAll))
        .run(WARM_UP, REPETITIONS);
  }

  private void reinstall() throws Exception {
    System.out.printf("reinstall: the same over an earlier revision, which is removed first%n");
    HostDeployment[] unpacked = new HostDeployment[1];
    Duel.Side again =
        new Duel.Side(
            "Install",
            () -> {
              unpacked[0] = next();
              host.download(unpacked[0], bundle(), BundleType.TGZ);
            },
            () -> host.run(LifecycleEvents.INSTALL, unpacked[0]));
    new Duel(again, new Duel.Side("cp -a", () -> remove(copy), this::copyAll))
        .run(WARM_UP, REPETITIONS);
    Files.createDirectories(copy);
    new Duel(
            again,
            new Duel.Side(
                "rm -r and cp -a",
                () -> {},
                () -> {
                  Programs.run("rm", "-r", copy.toString());
                  copyAll();
                }))
        .run(0, REPETITIONS);
  }

  private void redeploy() throws Exception {
    System.out.printf("redeploy: unpack the tgz of it, then install over the earlier revision%n");
    new Duel(
            new Duel.Side(
                "DownloadBundle and Install",
                () -> {},
                () -> host.deploy(next(), bundle(), BundleType.TGZ)),
            new Duel.Side("cp -a", () -> remove(copy), this::copyAll))
        .run(WARM_UP, REPETITIONS);
    Path unpacked = work.resolve("unpacked");
    Files.createDirectories(unpacked);
    new Duel(
            new Duel.Side(
                "DownloadBundle and Install",
                () -> {},
                () -> host.deploy(next(), bundle(), BundleType.TGZ)),
            new Duel.Side(
                "rm -r, tar xzf, rm -r and cp -a",
                () -> {},
                () -> {
                  Programs.run("rm", "-r", unpacked.toString());
                  Files.createDirectories(unpacked);
                  Programs.run("tar", "xzf", bundle().toString(), "-C", unpacked.toString());
                  Programs.run("rm", "-r", copy.toString());
                  Programs.run("cp", "-a", unpacked.resolve("tree").toString(), copy.toString());
                }))
        .run(0, REPETITIONS);
  }
}
