package dev.slipway.testkit.fleet;

import dev.slipway.revision.BundleType;
import dev.slipway.revision.Revision;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.revision.Bundle;
import dev.slipway.spi.revision.RevisionStore;
import java.nio.file.Path;

/** Bundles of which only the id matters, because simulated hosts unpack nothing. */
final class NoContent implements RevisionStore {

  @Override
  public RevisionId identify(Revision revision) {
    throw new UnsupportedOperationException("a simulated deployment names its revision by id");
  }

  @Override
  public Bundle put(Revision revision) {
    throw new UnsupportedOperationException("a simulated deployment names its revision by id");
  }

  @Override
  public Bundle get(RevisionId id) {
    return new Bundle(id, BundleType.TGZ, Path.of(id.abbreviated() + ".tgz"), 0);
  }
}
