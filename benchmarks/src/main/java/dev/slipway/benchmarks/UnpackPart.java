package dev.slipway.benchmarks;

import dev.slipway.host.bundle.BundleUnpacker;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.revision.BundleType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacking a large archive, beside GNU tar. */
final class UnpackPart {

  private static final long UNPACKED_BYTES = 1_150_000_000;
  private static final int REPETITIONS = 5;

  private UnpackPart() {}

  static void run(Path work) throws Exception {
    Path content = work.resolve("content");
    new GeneratedFiles(2).mixed(content, UNPACKED_BYTES);
    Path bundle = work.resolve("bundle.tgz");
    Programs.run("tar", "czf", bundle.toString(), "-C", content.toString(), ".");
    Programs.run("rm", "-rf", content.toString());
    System.out.printf(
        "unpack: a tgz of %,d bytes with %,d bytes in it%n", Files.size(bundle), UNPACKED_BYTES);
    Path ours = work.resolve("ours");
    Path plain = work.resolve("plain");
    new Duel(
            new Duel.Side(
                "BundleUnpacker",
                () -> Programs.run("rm", "-rf", ours.toString()),
                () -> new BundleUnpacker(IntakeOptions.SAFE).unpack(bundle, BundleType.TGZ, ours)),
            new Duel.Side(
                "tar xzpf",
                () -> {
                  Programs.run("rm", "-rf", plain.toString());
                  Files.createDirectory(plain);
                },
                () -> Programs.run("tar", "xzpf", bundle.toString(), "-C", plain.toString())))
        .run(1, REPETITIONS);
  }
}
