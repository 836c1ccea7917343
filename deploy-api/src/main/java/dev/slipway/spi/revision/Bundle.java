package dev.slipway.spi.revision;

import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;
import java.nio.file.Path;

/**
 * A bundle that lies ready to be sent: its content never changes.
 *
 * @param id the SHA-256 of the file
 * @param type never {@link BundleType#DIRECTORY}
 * @param file where it lies on the control side
 * @param size in bytes
 */
public record Bundle(RevisionId id, BundleType type, Path file, long size) {}
