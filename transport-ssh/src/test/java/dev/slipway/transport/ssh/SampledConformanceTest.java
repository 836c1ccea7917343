package dev.slipway.transport.ssh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Some of the recorded deployments, or all with {@code -Psoak}, on another kind of host. */
abstract class SampledConformanceTest extends OpenSshConformanceTest {

  private static final int EVERY = 4;

  private static final Set<String> OTHERWISE =
      Set.of("803-tar-plain", "806-tgz-leading-directory", "814-tgz-declared-tar");

  /** Returns whether the host has the tools of busybox. */
  abstract boolean isBusybox();

  @Override
  protected final Map<String, String> lists() {
    Map<String, String> lists = new LinkedHashMap<>();
    if (isBusybox()) {
      lists.put("over-busybox.tsv", "busybox.json");
    }
    lists.putAll(super.lists());
    return lists;
  }

  @Override
  protected final boolean isWanted(String name, int number) {
    return Boolean.getBoolean("slipway.soak") || number % EVERY == 0 || OTHERWISE.contains(name);
  }
}
