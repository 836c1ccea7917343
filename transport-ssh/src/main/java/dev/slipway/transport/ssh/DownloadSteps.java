package dev.slipway.transport.ssh;

import dev.slipway.host.plan.HostChoice;
import dev.slipway.revision.BundleType;
import java.util.Set;

/** DownloadBundle as the runner reads it. */
final class DownloadSteps {

  private DownloadSteps() {}

  /**
   * Returns the steps.
   *
   * @param bundle what is sent
   * @param isAssembled whether the host has made the bundle itself, out of what it holds; such a
   *     bundle does not stay, because what is sent is packed and this is not
   * @param maxRevisions how many revisions of the group stay on the host, this one included
   * @param choices what the host does otherwise than by default
   */
  static byte[] of(
      SentBundle bundle, boolean isAssembled, int maxRevisions, Set<HostChoice> choices) {
    TarMap map = bundle.deltas().map();
    StepText text = new StepText(choices).step("sweep", maxRevisions);
    String stays = bundle.isDirectory() ? "renew" : isAssembled ? "drop" : "keep";
    if (isAssembled && map != null) {
      text.step("unpack", BundleType.TAR.wireName(), map.id().sha256(), stays);
    } else {
      text.step("unpack", bundle.type().wireName(), bundle.id().sha256(), stays);
    }
    return text.step("recent").toBytes();
  }
}
