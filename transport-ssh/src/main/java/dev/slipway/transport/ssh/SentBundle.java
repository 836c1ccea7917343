package dev.slipway.transport.ssh;

import dev.slipway.failure.RevisionException;
import dev.slipway.host.bundle.BundleDigest;
import dev.slipway.host.bundle.BundleIndex;
import dev.slipway.host.bundle.BundleIndexReader;
import dev.slipway.host.bundle.BundlePacker;
import dev.slipway.host.bundle.BundleUnpacker;
import dev.slipway.host.bundle.IntakeChoice;
import dev.slipway.host.bundle.IntakeOptions;
import dev.slipway.host.bundle.TreeDeletion;
import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;
import dev.slipway.spi.revision.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * A bundle in the form in which hosts get it. That is a tar: a zip is packed anew, so that a host
 * needs no unzip, and modes and links arrive as they are.
 *
 * @param index what is in it; a bundle that could harm a host has been refused before
 * @param file where it lies
 * @param type TAR or TGZ
 * @param id the SHA-256 of the file
 * @param size in bytes
 * @param deltas what hosts get that hold some of it
 * @param isDirectory whether the bundle was a directory, which only travels as a file
 */
record SentBundle(
    BundleIndex index,
    Path file,
    BundleType type,
    RevisionId id,
    long size,
    Deltas deltas,
    boolean isDirectory) {

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /** What changes nothing in a bundle that is taken. */
  private static final Set<IntakeChoice> AS_IT_IS =
      Set.of(IntakeChoice.KEEP_SET_ID_BITS, IntakeChoice.REFUSE_OUTWARD_LINKS);

  /**
   * Reads a bundle, and packs it anew where it must be.
   *
   * @param directory where the new file goes; the caller removes it
   * @param appSpecs the AppSpec's names, whose content is kept
   * @throws RevisionException if the bundle is damaged or refused
   */
  static SentBundle of(Bundle bundle, Path directory, Set<String> appSpecs) {
    return of(bundle, directory, appSpecs, IntakeOptions.SAFE);
  }

  /**
   * Reads a bundle, and packs it anew where it must be.
   *
   * @param directory where the new file goes; the caller removes it
   * @param appSpecs the AppSpec's names, whose content is kept
   * @param intake what is taken from the bundle
   * @throws RevisionException if the bundle is damaged or refused
   */
  static SentBundle of(Bundle bundle, Path directory, Set<String> appSpecs, IntakeOptions intake) {
    BundleIndex index = new BundleIndexReader(intake).read(bundle.file(), bundle.type(), appSpecs);
    boolean isTar = bundle.type() == BundleType.TAR || bundle.type() == BundleType.TGZ;
    BundleType type = isTar ? tarType(bundle) : bundle.type();
    return isTar && AS_IT_IS.containsAll(intake.choices())
        ? new SentBundle(
            index,
            bundle.file(),
            type,
            bundle.id(),
            bundle.size(),
            Deltas.of(bundle.file(), type, index, directory),
            false)
        : repacked(bundle, index, directory, intake);
  }

  /** What is called a tar may be compressed, and not every tar of a host finds that out. */
  private static BundleType tarType(Bundle bundle) {
    try (InputStream in = Files.newInputStream(bundle.file())) {
      boolean isGzip = Arrays.equals(in.readNBytes(GZIP.length), GZIP);
      return isGzip ? BundleType.TGZ : bundle.type();
    } catch (IOException e) {
      throw new RevisionException(bundle.file() + " cannot be read: " + e, e);
    }
  }

  private static SentBundle repacked(
      Bundle bundle, BundleIndex index, Path directory, IntakeOptions intake) {
    try {
      Path tree = Files.createTempDirectory(directory, "tree");
      Path file = Files.createTempFile(directory, "bundle", ".tgz");
      boolean packed = false;
      try {
        Path unpacked = tree.resolve("revision");
        new BundleUnpacker(intake).unpack(bundle.file(), bundle.type(), unpacked);
        new BundlePacker(intake).pack(unpacked, file, BundleType.TGZ);
        packed = true;
      } finally {
        if (!packed) {
          Files.deleteIfExists(file);
        }
        TreeDeletion.delete(tree);
      }
      return new SentBundle(
          index,
          file,
          BundleType.TGZ,
          BundleDigest.of(file),
          Files.size(file),
          Deltas.of(file, BundleType.TGZ, index, directory),
          bundle.type() == BundleType.DIRECTORY);
    } catch (IOException e) {
      throw new RevisionException(bundle.file() + " cannot be packed as a tar: " + e, e);
    }
  }
}
