package dev.slipway.transport.ssh;

import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;

/** DownloadBundle as the runner reads it. */
final class DownloadSteps {

  private DownloadSteps() {}

  /**
   * Returns the steps.
   *
   * @param type TAR or TGZ
   * @param id the SHA-256 of what is sent
   * @param maxRevisions how many revisions of the group stay on the host, this one included
   */
  static byte[] of(BundleType type, RevisionId id, int maxRevisions) {
    return new StepText()
        .step("sweep", maxRevisions)
        .step("unpack", type.wireName(), id.sha256())
        .step("recent")
        .toBytes();
  }
}
