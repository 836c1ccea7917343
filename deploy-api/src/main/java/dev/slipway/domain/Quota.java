package dev.slipway.domain;

/**
 * A limit of CodeDeploy's, as a setting.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html">CodeDeploy
 *     user guide, quotas</a>
 */
public enum Quota {
  /** Applications in all. */
  APPLICATIONS(1000),
  /** Deployment groups in an application. */
  DEPLOYMENT_GROUPS(1000),
  /** Custom deployment configs in all. */
  DEPLOYMENT_CONFIGS(50),
  /** Deployments that are not over, in all. */
  CONCURRENT_DEPLOYMENTS(1300),
  /** Hosts in a deployment; CodeDeploy has 1000 or 2000 by region. */
  HOSTS_PER_DEPLOYMENT(0),
  /** Triggers of a group. */
  TRIGGERS(10),
  /** Alarms of a group. */
  ALARMS(50),
  /** Flat tag filters of a group. */
  TAG_FILTERS(10),
  /** Tag groups of a set. */
  TAG_GROUPS(3),
  /** Filters in a tag group of a set. */
  FILTERS_PER_TAG_GROUP(10),
  /** Classic load balancers of a group. */
  LOAD_BALANCERS(10),
  /** Target groups of a group. */
  TARGET_GROUPS(10),
  /** Tags of an on-premises instance. */
  TAGS_PER_INSTANCE(10),
  /** On-premises instances in one call that changes tags. */
  INSTANCES_PER_CALL(100),
  /** Applications or groups in one reading. */
  NAMES_PER_READ(100),
  /** Revisions, deployments or instances in one reading. */
  RECORDS_PER_READ(25);

  private final int usual;

  Quota(int usual) {
    this.usual = usual;
  }

  /** Returns the limit unless it is set otherwise; 0 is none. */
  public int usual() {
    return usual;
  }
}
