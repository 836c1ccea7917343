package dev.slipway.spi.revision;

import dev.slipway.domain.RevisionLocation;
import dev.slipway.revision.Revision;

/**
 * Brings revisions from elsewhere to this machine.
 *
 * <p>Thread-safe. May block.
 */
@FunctionalInterface
public interface RevisionSource {

  /**
   * Returns the revision at a location, once it is here.
   *
   * @throws dev.slipway.failure.RevisionException if there is none, or it cannot be had
   */
  Revision fetch(RevisionLocation location);
}
