package dev.slipway.domain;

/** What has become of the wish to stop a deployment. */
public enum StopStatus {
  /** What runs comes to its end first. */
  PENDING,
  /** It is stopped. */
  SUCCEEDED
}
