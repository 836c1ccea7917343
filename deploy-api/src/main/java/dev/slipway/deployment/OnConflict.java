package dev.slipway.deployment;

/** What becomes of a new rollout while its deployment group has one that is not over. */
public enum OnConflict {
  /** It is refused, as CodeDeploy does. */
  REJECT,
  /**
   * It waits, in the order in which rollouts were asked for, and starts when the group is free: the
   * rollback of the one before it included. It goes to the hosts that it was planned for; their
   * order, and what a rollback would bring back, are those of the moment at which it starts.
   */
  QUEUE,
  /**
   * Those before it are stopped, rollbacks and waiting ones included, without a rollback of theirs:
   * what hosts run ends first, nothing else starts. Then it starts, as with {@link #QUEUE}.
   */
  SUPERSEDE
}
