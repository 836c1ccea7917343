package dev.slipway.revision;

import java.util.Locale;

/** The form of a bundle. */
public enum BundleType {
  /** A directory; never travels as such. */
  DIRECTORY,
  /** A zip archive. */
  ZIP,
  /** A tar archive; its data may be compressed with gzip. */
  TAR,
  /** A tar archive compressed with gzip. */
  TGZ;

  /** Returns CodeDeploy's spelling. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the kind of archive that a file name promises.
   *
   * @throws IllegalArgumentException if the name ends in none of .zip, .tar, .tgz and .tar.gz
   */
  public static BundleType of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      return ZIP;
    }
    if (name.endsWith(".tar")) {
      return TAR;
    }
    if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
      return TGZ;
    }
    throw new IllegalArgumentException(
        "a bundle's name ends in .zip, .tar, .tgz or .tar.gz, but it is " + fileName);
  }
}
