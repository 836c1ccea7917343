package dev.slipway.domain;

import dev.slipway.revision.BundleType;
import dev.slipway.revision.RevisionId;
import org.jspecify.annotations.Nullable;

/**
 * Where a revision lies. Two are the same revision when all of it is equal; quotation marks around
 * an eTag do not count.
 *
 * @param type which of the other members is given
 * @param local for LOCAL, else null
 * @param s3 for S3, else null
 * @param gitHub for GITHUB, else null
 * @param stored for STORED, else null
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_RevisionLocation.html">
 *     CodeDeploy API reference, RevisionLocation</a>
 */
public record RevisionLocation(
    RevisionType type,
    @Nullable Local local,
    @Nullable S3 s3,
    @Nullable GitHub gitHub,
    @Nullable RevisionId stored) {

  /**
   * On this machine.
   *
   * @param path a directory, or an archive whose name ends in .zip, .tar, .tgz or .tar.gz
   */
  public record Local(String path) {}

  /**
   * In Amazon S3.
   *
   * @param bucket the bucket
   * @param key the object
   * @param bundleType tar, tgz or zip
   * @param version the object's version, or null for any
   * @param eTag the object's eTag, or null for any
   */
  public record S3(
      String bucket,
      String key,
      BundleType bundleType,
      @Nullable String version,
      @Nullable String eTag) {

    /** Takes the quotation marks off an eTag. */
    public S3 {
      if (eTag != null && eTag.length() > 1 && eTag.startsWith("\"") && eTag.endsWith("\"")) {
        eTag = eTag.substring(1, eTag.length() - 1);
      }
    }
  }

  /**
   * On GitHub.
   *
   * @param repository as {@code account/repository}
   * @param commitId the commit's SHA-1, 40 hex digits
   */
  public record GitHub(String repository, String commitId) {}

  /** Returns the location of a directory or archive of this machine. */
  public static RevisionLocation local(String path) {
    return new RevisionLocation(RevisionType.LOCAL, new Local(path), null, null, null);
  }

  /** Returns the location of an object in Amazon S3. */
  public static RevisionLocation s3(S3 object) {
    return new RevisionLocation(RevisionType.S3, null, object, null, null);
  }

  /** Returns the location of a commit on GitHub. */
  public static RevisionLocation gitHub(String repository, String commitId) {
    return new RevisionLocation(
        RevisionType.GITHUB, null, null, new GitHub(repository, commitId), null);
  }

  /** Returns the location of a bundle in the revision store. */
  public static RevisionLocation stored(RevisionId id) {
    return new RevisionLocation(RevisionType.STORED, null, null, null, id);
  }

  /** Returns it in one line, such as {@code s3://bucket/key}. */
  public String inWords() {
    if (local != null) {
      return local.path();
    }
    if (s3 != null) {
      return "s3://"
          + s3.bucket()
          + "/"
          + s3.key()
          + (s3.version() == null ? "" : "?version=" + s3.version())
          + (s3.eTag() == null ? "" : "#" + s3.eTag());
    }
    if (gitHub != null) {
      return "github:" + gitHub.repository() + "@" + gitHub.commitId();
    }
    return "stored:" + stored;
  }
}
