package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HostChoice;
import java.util.Set;

/** DownloadBundle as the runner reads it. */
final class DownloadSteps {

  private DownloadSteps() {}

  /**
   * Returns the steps.
   *
   * @param bundle what is sent
   * @param maxRevisions how many revisions of the group stay on the host, this one included
   * @param choices what the host does otherwise than by default
   */
  static byte[] of(SentBundle bundle, int maxRevisions, Set<HostChoice> choices) {
    String stays = bundle.isDirectory() ? "drop" : "keep";
    return new StepText(choices)
        .step("sweep", maxRevisions)
        .step("unpack", bundle.type().wireName(), bundle.id().sha256(), stays)
        .step("recent")
        .toBytes();
  }
}
