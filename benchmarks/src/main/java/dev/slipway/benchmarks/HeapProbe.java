package dev.slipway.benchmarks;

import dev.slipway.revision.BundleType;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** Deploys one bundle and says how much memory that took. Arguments: root and bundle. */
final class HeapProbe {

  private HeapProbe() {}

  public static void main(String[] args) throws Exception {
    try (ScratchHost host = new ScratchHost(Path.of(args[0]))) {
      host.deploy(ScratchHost.deployment("g", "d-1"), Path.of(args[1]), BundleType.TGZ);
    }
    System.gc();
    long heap = 0;
    long kept = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heap += pool.getPeakUsage().getUsed();
        kept += pool.getUsage().getUsed();
      }
    }
    System.out.printf(
        "peak heap %.1f MiB with garbage, %.1f MiB kept, peak of the process %s%n",
        mebibytes(heap), mebibytes(kept), processPeak());
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static String processPeak() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.substring("VmHWM:".length()).strip())
        .findFirst()
        .orElse("unknown");
  }
}
