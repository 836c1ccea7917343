package dev.slipway.spi.trigger;

/** How a message is written. CodeDeploy's documentation and its messages differ. */
public enum PayloadForm {
  /**
   * As documented: a status such as {@code Failed}, and structures as JSON objects.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications-json-format.html">CodeDeploy
   *     user guide, JSON data formats for triggers</a>
   */
  DOCUMENTED,
  /** As messages arrive: a status such as {@code FAILED}, and structures as JSON texts. */
  OBSERVED
}
