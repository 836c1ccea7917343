package dev.slipway.domain;

/** What kind of place a revision lies at. */
public enum RevisionType {
  /** A file or directory of this machine; not part of CodeDeploy's API. */
  LOCAL,
  /** An object in Amazon S3. */
  S3,
  /** A commit on GitHub. */
  GITHUB,
  /** A bundle that is in the revision store already; not part of CodeDeploy's API. */
  STORED
}
