package dev.slipway.transport.ssh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/**
 * The same deployments on a host that has busybox, and beside it only what deployments name: some
 * of them, or all with {@code -Psoak}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BusyboxConformanceTest extends OpenSshConformanceTest {

  private static final int EVERY = 4;

  private static final Set<String> OTHERWISE =
      Set.of("803-tar-plain", "806-tgz-leading-directory", "814-tgz-declared-tar");

  @Override
  List<String> lines() throws IOException {
    assumeTrue(Shell.BUSYBOX.isInstalled(), "busybox is not installed");
    Path programs = files.resolve("programs");
    String path = Shell.BUSYBOX.path(programs);
    for (String tool : List.of("setfacl", "sudo", "su", "bash")) {
      if (Files.notExists(programs.resolve(tool))) {
        Files.createSymbolicLink(programs.resolve(tool), Shell.find(tool).orElseThrow());
      }
    }
    return List.of("SetEnv PATH=" + path);
  }

  @Override
  protected Map<String, String> lists() {
    Map<String, String> lists = new LinkedHashMap<>();
    lists.put("over-busybox.tsv", "busybox.json");
    lists.putAll(super.lists());
    return lists;
  }

  @Override
  protected boolean isWanted(String name, int number) {
    return Boolean.getBoolean("slipway.soak") || number % EVERY == 0 || OTHERWISE.contains(name);
  }
}
