package dev.slipway.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.revision.BundleType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Unpacks archives for tests.
 *
 * @param bundle where the archive is written
 * @param target where it is unpacked
 */
record Unpacking(Path bundle, Path target) {

  /** Returns what is then in the target. */
  Map<String, String> of(BundleType type, byte[] archive, IntakeOptions options)
      throws IOException {
    Files.write(bundle, archive);
    new BundleUnpacker(options).unpack(bundle, type, target);
    assertThat(target.resolveSibling(target.getFileName() + "-temp")).doesNotExist();
    assertThat(target.resolveSibling(target.getFileName() + "-old")).doesNotExist();
    return TestTree.describe(target);
  }

  static List<String> paths(Map<String, String> described) {
    return List.copyOf(described.keySet());
  }
}
