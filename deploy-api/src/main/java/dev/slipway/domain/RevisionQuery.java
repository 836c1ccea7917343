package dev.slipway.domain;

import org.jspecify.annotations.Nullable;

/**
 * Which revisions of an application, and in which order.
 *
 * @param sortBy by which time; revisions without it come first
 * @param ascending oldest first
 * @param s3Bucket only those in this bucket, or null
 * @param s3KeyPrefix only those whose key begins so, or null; needs the bucket
 * @param deployed whether being a target revision matters
 * @see <a
 *     href="https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListApplicationRevisions.html">
 *     CodeDeploy API reference, ListApplicationRevisions</a>
 */
public record RevisionQuery(
    SortBy sortBy,
    boolean ascending,
    @Nullable String s3Bucket,
    @Nullable String s3KeyPrefix,
    Deployed deployed) {

  /** All revisions, by the time of their registration. */
  public static final RevisionQuery ALL =
      new RevisionQuery(SortBy.REGISTER_TIME, true, null, null, Deployed.IGNORE);

  /** A time of a revision. */
  public enum SortBy {
    /** When it was registered. */
    REGISTER_TIME,
    /** When it was first deployed. */
    FIRST_USED_TIME,
    /** When it was last deployed. */
    LAST_USED_TIME
  }

  /** Whether being the target revision of a group matters. */
  public enum Deployed {
    /** Only those that are. */
    INCLUDE,
    /** Only those that are not. */
    EXCLUDE,
    /** It does not matter. */
    IGNORE
  }
}
